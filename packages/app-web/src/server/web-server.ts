import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { type ApplicationOptions, createApplication } from "./application.js";
import { ShutdownException } from "./frame-body.js";

export interface WebServer {
  readonly url: string;
  /** Takes no more connections, lets answers finish for this long (milliseconds), then ends them with an error. Resolves when all is closed; asked again, it is the same stop. */
  stop(patienceMs: number): Promise<void>;
}

/** Serves the page on this machine alone (127.0.0.1). Port 0 is any free one. */
export async function startWebServer(port: number, options: Omit<ApplicationOptions, "shutdown">): Promise<WebServer> {
  const shutdown = new AbortController();
  const application = createApplication({ ...options, shutdown: shutdown.signal });
  const listener = getRequestListener(application.fetch);
  const server = createServer((request, response) => void listener(request, response));
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  let stopped: Promise<void> | undefined;
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    stop(patienceMs) {
      stopped ??= drain(server, shutdown, patienceMs);
      return stopped;
    },
  };
}

async function drain(server: Server, shutdown: AbortController, patienceMs: number): Promise<void> {
  const closed = once(server, "close");
  server.close();
  const impatience = setTimeout(() => shutdown.abort(new ShutdownException()), patienceMs);
  // What does not even take its error is cut.
  const end = setTimeout(() => server.closeAllConnections(), patienceMs + 1_000);
  await closed;
  clearTimeout(impatience);
  clearTimeout(end);
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("The server does not listen on a port.");
  return address.port;
}
