import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { text as textOf } from "node:stream/consumers";

/** A model's server on 127.0.0.1 that notes what it was sent. */
export async function startModel(
  answer: (response: ServerResponse) => void,
): Promise<AsyncDisposable & { readonly baseUrl: string; readonly bodies: readonly string[] }> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    textOf(request)
      .then((body) => {
        bodies.push(body);
        response.writeHead(200, { "content-type": "text/event-stream" });
        answer(response);
      })
      .catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens on no port.");
  return {
    baseUrl: `http://127.0.0.1:${address.port}/v1`,
    bodies,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Chunks of Chat Completions that say these pieces. */
export function said(...pieces: readonly string[]): string {
  return pieces.map((content) => event(JSON.stringify({ choices: [{ index: 0, delta: { content } }] }))).join("");
}

/** What ends a stream of Chat Completions. */
export const done = `${event('{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}')}${event("[DONE]")}`;

/** One server-sent event. */
export function event(data: string): string {
  return `data: ${data}\n\n`;
}
