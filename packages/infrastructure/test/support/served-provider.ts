import type { ChatProvider } from "@chatport/domain";
import { type Exchange, type LoopbackServer, startLoopbackServer } from "../../src/testing/index.js";

/** A provider and the loopback server that it talks to; disposing of it closes the server. */
export interface ServedProvider extends AsyncDisposable {
  readonly provider: ChatProvider;
  readonly server: LoopbackServer;
  /** The requests so far, whoever sent them. */
  readonly exchanges: readonly Exchange[];
}

/** What a server does with one request. */
export type Answer = (exchange: Exchange) => Promise<void> | void;

/** Starts a server and makes its provider from the origin; `answers` are used in turn, the last one again and again. */
export async function serveProvider(answers: readonly Answer[], create: (origin: string) => ChatProvider): Promise<ServedProvider> {
  const exchanges: Exchange[] = [];
  const server = await startLoopbackServer(async (exchange) => {
    const answer = answers[Math.min(exchanges.length, answers.length - 1)];
    exchanges.push(exchange);
    await answer?.(exchange);
  });
  return { provider: create(server.origin), server, exchanges, [Symbol.asyncDispose]: () => server.close() };
}
