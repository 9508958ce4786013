import { inspect } from "node:util";
import type { ChatProvider } from "@chatport/domain";
import { chatProviderContract, type ChatProviderHarness } from "@chatport/domain/testing";
import { createOpenAIProvider } from "../../../src/providers/openai/index.js";
import { withRetry } from "../../../src/resilience/index.js";
import { startScriptedOpenAIServer } from "../../../src/testing/index.js";

const secret = "sk-test-canary-5e1f8a90c3";

function harness(create: (baseUrl: string) => ChatProvider): ChatProviderHarness {
  return {
    secret,
    inspect: (value) => inspect(value, { depth: 20, showHidden: true }),
    start: async (script) => {
      const server = await startScriptedOpenAIServer(script, { secret });
      return {
        provider: create(server.baseUrl),
        released: server.released,
        requests: () => server.requests(),
        close: () => server.close(),
      };
    },
  };
}

function bare(baseUrl: string): ChatProvider {
  return createOpenAIProvider({ model: "scripted-model", apiKey: secret, baseUrl, retry: false });
}

chatProviderContract("the OpenAI provider", harness(bare));
chatProviderContract(
  "withRetry over the OpenAI provider",
  harness((baseUrl) => withRetry(bare(baseUrl), { baseDelayMs: 1, maxDelayMs: 1 })),
);
