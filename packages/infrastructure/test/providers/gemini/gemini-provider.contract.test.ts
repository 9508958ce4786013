import { inspect } from "node:util";
import type { ChatProvider } from "@chatport/domain";
import { chatProviderContract, type ChatProviderHarness, type ContractSkips } from "@chatport/domain/testing";
import { createGeminiProvider } from "../../../src/providers/gemini/index.js";
import { withRetry } from "../../../src/resilience/index.js";
import { startScriptedGeminiServer } from "../../../src/testing/scripted-gemini-server.js";

const secret = "AIza-test-canary-5e1f8a90c3";

const skip: ContractSkips = {
  "events/refusal": "Gemini has no form for a refusal: the model declines in plain text.",
  "finish/server-keeps-connection":
    "A finish reason does not close a stream of Gemini, and usage may follow it: the end of the body does. A server that keeps it open is waited for 10 s, longer than this case does.",
  "finish/end-marker-alone": "A stream of Gemini has no end marker but the finish reason.",
  "tools/broken-arguments":
    "Arguments are a JSON object inside of the event: broken ones break the event. What the model got wrong is MALFORMED_FUNCTION_CALL.",
  "tools/cut-arguments": "Arguments are a JSON object inside of the event, and come whole.",
  "truncated/in-tool-call": "A call comes whole, in one event.",
};

function harness(create: (baseUrl: string) => ChatProvider): ChatProviderHarness {
  return {
    secret,
    inspect: (value) => inspect(value, { depth: 20, showHidden: true }),
    start: async (script) => {
      const server = await startScriptedGeminiServer(script, { secret });
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
  return createGeminiProvider({ model: "scripted-model", apiKey: secret, baseUrl, retry: false });
}

chatProviderContract("the Gemini provider", harness(bare), { skip });
chatProviderContract(
  "withRetry over the Gemini provider",
  harness((baseUrl) => withRetry(bare(baseUrl), { baseDelayMs: 1, maxDelayMs: 1 })),
  { skip },
);
