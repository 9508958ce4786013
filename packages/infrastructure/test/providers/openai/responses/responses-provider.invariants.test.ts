import type { ChatEvent } from "@chatport/domain";
import { parseJson } from "../../../../src/http/json.js";
import { createOpenAIResponsesProvider } from "../../../../src/providers/openai/index.js";
import { answerInvariants } from "../../../support/answer-invariants.js";
import { expectLawful } from "../../../support/answer-rules.js";
import type { ObservedAnswer } from "../../../support/observed-answer.js";
import { arbitraryResponse } from "./arbitrary-response.js";

answerInvariants({
  create: (fetch) => createOpenAIResponsesProvider({ model: "asked-model", retry: false, fetch }),
  streams: arbitraryResponse,
  contentType: "text/event-stream",
  ending: /"type":"response\.(?:completed|incomplete)"/u,
  expectLawful: expectLawfulOrCut,
});

/** The rules for every adapter call a call valid if its arguments parse; here one that was never done may be cut nevertheless. */
function expectLawfulOrCut(seen: ObservedAnswer): void {
  const events = seen.events.map((event): ChatEvent => {
    if (event.type !== "part-end" || event.part.type !== "invalid-tool-call" || event.part.name === "") return event;
    const input = event.part.json.trim() === "" ? {} : parseJson(event.part.json);
    return input === undefined ? event : { ...event, part: { ...event.part, type: "tool-call", input } };
  });
  expectLawful({ ...seen, events });
}
