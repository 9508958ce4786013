import type { ChatProvider } from "@chatport/domain";
import { type AzureOpenAIConfig, createAzureOpenAIProvider } from "../../../../src/providers/openai/index.js";
import { type Exchange, startLoopbackServer } from "../../../../src/testing/index.js";
import { canary } from "../../../support/openai-server.js";

export interface AzureServed extends AsyncDisposable {
  readonly provider: ChatProvider;
  readonly endpoint: string;
  readonly exchanges: readonly Exchange[];
}

/** A resource of Azure's on a loopback server, and a provider that asks its deployment `my-deployment`. */
export async function serveAzure(
  answer: (exchange: Exchange) => Promise<void> | void,
  config: Partial<AzureOpenAIConfig> = {},
): Promise<AzureServed> {
  const exchanges: Exchange[] = [];
  const server = await startLoopbackServer(async (exchange) => {
    exchanges.push(exchange);
    await answer(exchange);
  });
  const endpoint = server.origin;
  const credentials = config.token === undefined ? { apiKey: canary } : {};
  const provider = createAzureOpenAIProvider({ endpoint, model: "my-deployment", retry: false, ...credentials, ...config });
  return { provider, endpoint, exchanges, [Symbol.asyncDispose]: () => server.close() };
}
