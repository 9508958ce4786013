import type { ContractSkips } from "@chatport/domain/testing";
import { createGeminiProvider } from "../../../src/providers/gemini/index.js";
import { startScriptedGeminiServer } from "../../../src/testing/index.js";
import { adapterContract } from "../../support/adapter-contract.js";

const skip: ContractSkips = {
  "events/refusal": "Gemini has no form for a refusal: the model declines in plain text.",
  "finish/server-keeps-connection":
    "A finish reason does not close a stream of Gemini, and usage may follow it: the end of the body does. A server that keeps it open is waited for 10 s, longer than this case does.",
  "finish/nothing-after-end-marker": "A stream of Gemini has no end marker: what follows a finish reason counts until the body ends.",
  "finish/end-marker-alone": "A stream of Gemini has no end marker but the finish reason.",
  "tools/broken-arguments":
    "Arguments are a JSON object inside of the event: broken ones break the event. What the model got wrong is MALFORMED_FUNCTION_CALL.",
  "tools/cut-arguments": "Arguments are a JSON object inside of the event, and come whole.",
  "truncated/in-tool-call": "A call comes whole, in one event.",
};

adapterContract("Gemini provider", {
  start: startScriptedGeminiServer,
  provider: (baseUrl, apiKey) => createGeminiProvider({ model: "scripted-model", apiKey, baseUrl, retry: false }),
  skip,
});
