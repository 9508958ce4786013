import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

/** One request that a loopback server took. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The request's body. */
  readonly body: string;
  /** Aborts when the exchange is over: answered to its end, or closed by the client. */
  readonly over: AbortSignal;
}

/** A server on 127.0.0.1, for tests of what only a socket can show. */
export interface LoopbackServer extends AsyncDisposable {
  /** `http://127.0.0.1:port`. */
  readonly origin: string;
  /** Resolves once a request has been taken and none is in flight any more. */
  readonly released: Promise<void>;
  /** How many requests are in flight. */
  inFlight(): number;
  close(): Promise<void>;
}

/** Starts a server that hands every request to `answer`. What `answer` throws after the client has left is of no interest; anything else ends the connection. */
export async function startLoopbackServer(answer: (exchange: Exchange) => Promise<void>): Promise<LoopbackServer> {
  let inFlight = 0;
  const released = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    const over = new AbortController();
    inFlight++;
    response.once("close", () => {
      inFlight--;
      over.abort();
      if (inFlight === 0) released.resolve();
    });
    // Some tests are about when single bytes arrive.
    request.socket.setNoDelay(true);
    text(request)
      .then((body) => answer({ request, response, body, over: over.signal }))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens on no port.");
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    origin: `http://127.0.0.1:${address.port}`,
    released: released.promise,
    inFlight: () => inFlight,
    close,
    [Symbol.asyncDispose]: close,
  };
}
