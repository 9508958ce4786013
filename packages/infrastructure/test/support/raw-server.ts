import { createServer, type AddressInfo, type Socket } from "node:net";

/** A server that answers with bytes as they are: nothing of Node's HTTP stands between a transcript and the client. */
export interface RawServer extends AsyncDisposable {
  readonly baseUrl: string;
  /** The requests' heads and bodies, as text. */
  readonly requests: readonly string[];
}

/** Starts a server on 127.0.0.1 that hands the socket over once a request has arrived whole. */
export async function startRawServer(answer: (socket: Socket) => Promise<void>): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // A client that leaves early is nothing to worry about.
    socket.on("error", () => undefined);
    let received = "";
    socket.setEncoding("latin1").on("data", (text: string) => {
      received += text;
      if (!isWhole(received)) return;
      requests.push(received);
      received = "";
      void answer(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Writes pieces one after the other, each handed to the network by itself. */
export async function writeAll(socket: Socket, pieces: readonly (string | Uint8Array)[]): Promise<void> {
  for (const piece of pieces) {
    if (socket.destroyed) return;
    await new Promise<void>((resolve) => socket.write(piece, () => resolve()));
  }
}

function isWhole(request: string): boolean {
  const headEnd = request.indexOf("\r\n\r\n");
  if (headEnd === -1) return false;
  const length = /^content-length: (\d+)/imu.exec(request)?.[1] ?? "0";
  if (/^transfer-encoding: chunked/imu.test(request)) return request.endsWith("\r\n0\r\n\r\n");
  return request.length >= headEnd + 4 + Number(length);
}
