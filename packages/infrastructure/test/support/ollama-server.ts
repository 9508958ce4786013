import type { ChatProvider } from "@chatport/domain";
import { createOllamaProvider, type OllamaConfig } from "../../src/providers/ollama/index.js";
import { type Exchange, type LoopbackServer, startLoopbackServer } from "../../src/testing/index.js";

export const canary = "ollama-canary-5e1f8a90c3";

export interface ServedOllama extends AsyncDisposable {
  readonly provider: ChatProvider;
  readonly server: LoopbackServer;
  readonly exchanges: readonly Exchange[];
}

/** An Ollama provider and the server that it talks to, which gives every request the same answer. */
export async function serveOllama(
  answer: { readonly body: string; readonly status?: number; readonly headers?: Readonly<Record<string, string>> },
  config: Partial<OllamaConfig> = {},
): Promise<ServedOllama> {
  const exchanges: Exchange[] = [];
  const server = await startLoopbackServer((exchange) => {
    exchanges.push(exchange);
    exchange.response.writeHead(answer.status ?? 200, { "content-type": "application/x-ndjson", ...answer.headers }).end(answer.body);
    return Promise.resolve();
  });
  const provider = createOllamaProvider({ model: "llama3.2", apiKey: canary, baseUrl: server.origin, retry: false, ...config });
  return { provider, server, exchanges, [Symbol.asyncDispose]: () => server.close() };
}

/** A provider whose server answers with these pieces, and no socket between them. */
export function ollamaOf(body: BodyInit): ChatProvider {
  return createOllamaProvider({ model: "asked-model", retry: false, fetch: () => Promise.resolve(new Response(body)) });
}
