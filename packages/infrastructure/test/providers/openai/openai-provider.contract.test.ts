import { createOpenAIProvider } from "../../../src/providers/openai/index.js";
import { startScriptedOpenAIServer } from "../../../src/testing/index.js";
import { adapterContract } from "../../support/adapter-contract.js";

adapterContract("OpenAI provider", {
  start: startScriptedOpenAIServer,
  provider: (baseUrl, apiKey) => createOpenAIProvider({ model: "scripted-model", apiKey, baseUrl, retry: false }),
});
