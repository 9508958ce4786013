import { inspect } from "node:util";
import type { ChatProvider } from "@chatport/domain";
import { chatProviderContract, type ChatProviderHarness } from "@chatport/domain/testing";
import { createAnthropicProvider } from "../../../src/providers/anthropic/index.js";
import { withRetry } from "../../../src/resilience/index.js";
import { startScriptedAnthropicServer } from "../../../src/testing/scripted-anthropic-server.js";

const secret = "sk-test-canary-5e1f8a90c3";

function harness(create: (baseUrl: string) => ChatProvider): ChatProviderHarness {
  return {
    secret,
    inspect: (value) => inspect(value, { depth: 20, showHidden: true }),
    start: async (script) => {
      const server = await startScriptedAnthropicServer(script, { secret });
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
  return createAnthropicProvider({ model: "scripted-model", apiKey: secret, baseUrl, retry: false });
}

const skip = {
  "events/refusal":
    "The Messages API has no refusals of its own: a model declines in text, and the stop reason `refusal` is a finish reason.",
  "tools/whole":
    "A whole message holds arguments as an object and not as text, so the spacing of the streamed text is not in it; see anthropic-response.test.ts.",
};

chatProviderContract("the Anthropic provider", harness(bare), { skip });
chatProviderContract(
  "withRetry over the Anthropic provider",
  harness((baseUrl) => withRetry(bare(baseUrl), { baseDelayMs: 1, maxDelayMs: 1 })),
  { skip },
);
