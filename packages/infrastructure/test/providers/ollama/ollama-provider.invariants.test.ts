import { createOllamaProvider } from "../../../src/providers/ollama/index.js";
import { answerInvariants } from "../../support/answer-invariants.js";
import { arbitraryOllamaStream } from "../../support/arbitrary-ollama-stream.js";

answerInvariants({
  create: (fetch) => createOllamaProvider({ model: "asked-model", retry: false, fetch }),
  streams: arbitraryOllamaStream,
  contentType: "application/x-ndjson",
  ending: /"done":true/u,
});
