import type { ChatProvider } from "@chatport/domain";
import { chatProviderContract } from "@chatport/domain/testing";
import { createOpenAIResponsesProvider } from "../../../../src/providers/openai/index.js";
import { withRetry } from "../../../../src/resilience/index.js";
import { scriptedHarness, startScriptedOpenAIResponsesServer } from "../../../../src/testing/index.js";
import { forwardingFetch } from "../../../support/forwarding-fetch.js";

const start = startScriptedOpenAIResponsesServer;

/** Every part has state here, marked with the origin: one origin, or no two servers' answers would be the same. */
function bare(serverUrl: string, apiKey: string): ChatProvider {
  const { origin, pathname } = new URL(serverUrl);
  const baseUrl = `http://responses.test${pathname}`;
  return createOpenAIResponsesProvider({ model: "scripted-model", apiKey, baseUrl, retry: false, fetch: forwardingFetch(origin) });
}

const retried = (serverUrl: string, apiKey: string): ChatProvider => withRetry(bare(serverUrl, apiKey), { baseDelayMs: 1, maxDelayMs: 1 });

chatProviderContract("the OpenAI provider over the Responses API", scriptedHarness({ start, provider: bare }));
chatProviderContract("withRetry over the OpenAI provider over the Responses API", scriptedHarness({ start, provider: retried }));
