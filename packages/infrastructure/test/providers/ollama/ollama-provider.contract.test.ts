import type { ContractSkips } from "@chatport/domain/testing";
import { createOllamaProvider } from "../../../src/providers/ollama/index.js";
import { startScriptedOllamaServer } from "../../../src/testing/index.js";
import { adapterContract } from "../../support/adapter-contract.js";

const skip: ContractSkips = {
  "events/refusal": "Ollama has no form for refusals: a model declines in text.",
  "finish/content-filter": "Ollama filters nothing and has no such reason.",
  "finish/error-after-reason": "The line with the reason is the end marker itself: nothing can stand between the two.",
};

adapterContract("Ollama provider", {
  start: startScriptedOllamaServer,
  provider: (baseUrl, apiKey) => createOllamaProvider({ model: "scripted-model", apiKey, baseUrl, retry: false }),
  skip,
});
