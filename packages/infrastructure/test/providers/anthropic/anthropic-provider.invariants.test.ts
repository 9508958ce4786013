import { createAnthropicProvider } from "../../../src/providers/anthropic/index.js";
import { answerInvariants } from "../../support/answer-invariants.js";
import { arbitraryAnswer } from "./arbitrary-answer.js";

answerInvariants({
  create: (fetch) => createAnthropicProvider({ model: "asked-model", retry: false, fetch }),
  streams: arbitraryAnswer,
  contentType: "text/event-stream",
  ending: /"stop_reason":"|"type":"message_stop"/u,
  unforeseen: /tool arguments outside of a call/u,
});
