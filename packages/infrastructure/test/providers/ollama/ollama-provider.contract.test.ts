import type { ChatProvider } from "@chatport/domain";
import { chatProviderContract, type ContractSkips } from "@chatport/domain/testing";
import { createOllamaProvider } from "../../../src/providers/ollama/index.js";
import { withRetry } from "../../../src/resilience/index.js";
import { scriptedHarness, startScriptedOllamaServer } from "../../../src/testing/index.js";

const skip: ContractSkips = {
  "events/refusal": "Ollama has no form for refusals: a model declines in text.",
  "finish/content-filter": "Ollama filters nothing and has no such reason.",
  "finish/error-after-reason": "The line with the reason is the end marker itself: nothing can stand between the two.",
};

const start = startScriptedOllamaServer;
const bare = (baseUrl: string, apiKey: string): ChatProvider =>
  createOllamaProvider({ model: "scripted-model", apiKey, baseUrl, retry: false });
const retried = (baseUrl: string, apiKey: string): ChatProvider => withRetry(bare(baseUrl, apiKey), { baseDelayMs: 1, maxDelayMs: 1 });

chatProviderContract("the Ollama provider", scriptedHarness({ start, provider: bare }), { skip });
chatProviderContract("withRetry over the Ollama provider", scriptedHarness({ start, provider: retried }), { skip });
