import type { ChatProvider } from "@chatport/domain";
import { chatProviderContract, type ContractSkips } from "@chatport/domain/testing";
import { createAnthropicProvider } from "../../../src/providers/anthropic/index.js";
import { withRetry } from "../../../src/resilience/index.js";
import { scriptedHarness, startScriptedAnthropicServer } from "../../../src/testing/index.js";

const skip: ContractSkips = {
  "events/refusal":
    "The Messages API has no refusals of its own: a model declines in text, and the stop reason `refusal` is a finish reason.",
};

const start = startScriptedAnthropicServer;
const bare = (baseUrl: string, apiKey: string): ChatProvider =>
  createAnthropicProvider({ model: "scripted-model", apiKey, baseUrl, retry: false });
const retried = (baseUrl: string, apiKey: string): ChatProvider => withRetry(bare(baseUrl, apiKey), { baseDelayMs: 1, maxDelayMs: 1 });

chatProviderContract("the Anthropic provider", scriptedHarness({ start, provider: bare }), { skip });
chatProviderContract("withRetry over the Anthropic provider", scriptedHarness({ start, provider: retried }), { skip });
