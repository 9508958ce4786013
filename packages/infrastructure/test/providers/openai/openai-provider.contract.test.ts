import type { ChatProvider } from "@chatport/domain";
import { chatProviderContract } from "@chatport/domain/testing";
import { createOpenAIProvider } from "../../../src/providers/openai/index.js";
import { withRetry } from "../../../src/resilience/index.js";
import { scriptedHarness, startScriptedOpenAIServer } from "../../../src/testing/index.js";

const start = startScriptedOpenAIServer;
const bare = (baseUrl: string, apiKey: string): ChatProvider =>
  createOpenAIProvider({ model: "scripted-model", apiKey, baseUrl, retry: false });
const retried = (baseUrl: string, apiKey: string): ChatProvider => withRetry(bare(baseUrl, apiKey), { baseDelayMs: 1, maxDelayMs: 1 });

chatProviderContract("the OpenAI provider", scriptedHarness({ start, provider: bare }));
chatProviderContract("withRetry over the OpenAI provider", scriptedHarness({ start, provider: retried }));
