import type { ChatProvider } from "@chatport/domain";
import { createOllamaProvider, type OllamaConfig } from "../../src/providers/ollama/index.js";
import { type ServedProvider, serveProvider } from "./served-provider.js";

export const canary = "ollama-canary-5e1f8a90c3";

/** An Ollama provider and the server that it talks to, which gives every request the same answer. */
export function serveOllama(
  answer: { readonly body: string; readonly status?: number; readonly headers?: Readonly<Record<string, string>> },
  config: Partial<OllamaConfig> = {},
): Promise<ServedProvider> {
  const headers = { "content-type": "application/x-ndjson", ...answer.headers };
  return serveProvider([({ response }) => void response.writeHead(answer.status ?? 200, headers).end(answer.body)], (baseUrl) =>
    createOllamaProvider({ model: "llama3.2", apiKey: canary, baseUrl, retry: false, ...config }),
  );
}

/** A provider whose server answers with these pieces, and no socket between them. */
export function ollamaOf(body: BodyInit): ChatProvider {
  return createOllamaProvider({ model: "asked-model", retry: false, fetch: () => Promise.resolve(new Response(body)) });
}
