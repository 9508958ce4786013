import type { ChatRequest } from "@chatport/domain";
import { answerTo } from "./guide-answer.js";
import { questionOf } from "./guide-question.js";
import { manual } from "./manual.generated.js";
import { createManualSearch, type ManualSearch } from "./manual-search.js";

let search: ManualSearch | undefined;

/** Answers from Chatport's own manual. A module of its own: the manual and the search library load at the first question, not with the provider. */
export function answerFromOwnManual(request: ChatRequest): string {
  search ??= createManualSearch(manual);
  return answerTo(questionOf(request), search);
}
