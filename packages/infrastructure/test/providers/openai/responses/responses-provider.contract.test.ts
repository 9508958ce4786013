import { createOpenAIResponsesProvider } from "../../../../src/providers/openai/index.js";
import { startScriptedOpenAIResponsesServer } from "../../../../src/testing/index.js";
import { adapterContract } from "../../../support/adapter-contract.js";
import { forwardingFetch } from "../../../support/forwarding-fetch.js";

adapterContract("OpenAI provider over the Responses API", {
  start: startScriptedOpenAIResponsesServer,
  // Every part has state here, marked with the origin: one origin, or no two servers' answers would be the same.
  provider(serverUrl, apiKey) {
    const { origin, pathname } = new URL(serverUrl);
    const baseUrl = `http://responses.test${pathname}`;
    return createOpenAIResponsesProvider({ model: "scripted-model", apiKey, baseUrl, retry: false, fetch: forwardingFetch(origin) });
  },
});
