import type { ContractSkips } from "@chatport/domain/testing";
import { createAnthropicProvider } from "../../../src/providers/anthropic/index.js";
import { startScriptedAnthropicServer } from "../../../src/testing/index.js";
import { adapterContract } from "../../support/adapter-contract.js";

const skip: ContractSkips = {
  "events/refusal":
    "The Messages API has no refusals of its own: a model declines in text, and the stop reason `refusal` is a finish reason.",
};

adapterContract("Anthropic provider", {
  start: startScriptedAnthropicServer,
  provider: (baseUrl, apiKey) => createAnthropicProvider({ model: "scripted-model", apiKey, baseUrl, retry: false }),
  skip,
});
