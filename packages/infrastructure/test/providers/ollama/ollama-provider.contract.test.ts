import { inspect } from "node:util";
import type { ChatProvider } from "@chatport/domain";
import { chatProviderContract, type ChatProviderHarness, type ContractSkips } from "@chatport/domain/testing";
import { createOllamaProvider } from "../../../src/providers/ollama/index.js";
import { withRetry } from "../../../src/resilience/index.js";
import { startScriptedOllamaServer } from "../../../src/testing/scripted-ollama-server.js";

const secret = "ollama-test-canary-5e1f8a90c3";

function harness(create: (baseUrl: string) => ChatProvider): ChatProviderHarness {
  return {
    secret,
    inspect: (value) => inspect(value, { depth: 20, showHidden: true }),
    start: async (script) => {
      const server = await startScriptedOllamaServer(script, { secret });
      return {
        provider: create(server.origin),
        released: server.released,
        requests: () => server.requests(),
        close: () => server.close(),
      };
    },
  };
}

const skip: ContractSkips = {
  "events/refusal": "Ollama has no form for refusals: a model declines in text.",
  "finish/content-filter": "Ollama filters nothing and has no such reason.",
  "finish/error-after-reason": "The line with the reason is the end marker itself: nothing can stand between the two.",
};

function bare(baseUrl: string): ChatProvider {
  return createOllamaProvider({ model: "scripted-model", apiKey: secret, baseUrl, retry: false });
}

chatProviderContract("the Ollama provider", harness(bare), { skip });
chatProviderContract(
  "withRetry over the Ollama provider",
  harness((baseUrl) => withRetry(bare(baseUrl), { baseDelayMs: 1, maxDelayMs: 1 })),
  { skip },
);
