import type { AssistantPart, ChatEvent, FinishReason, RefusalPart, TextPart } from "@chatport/domain";

/** Gathers what a person must know of an answer beyond its text: that it was cut, that it says nothing, that it holds what the page does not show. */
export class AnswerNotes {
  readonly #notes = new Set<string>();
  #hasWords = false;

  /** Takes every event of the answer. */
  add(event: ChatEvent): void {
    if (event.type === "text-delta" || event.type === "refusal-delta") this.#hasWords ||= event.text !== "";
    else if (event.type === "part-end") this.#addPart(event.part);
    else if (event.type === "message-end") this.#addEnd(event.finishReason);
  }

  /** The notes as sentences; empty when there is nothing to say. */
  get text(): string {
    return [...this.#notes].join(" ");
  }

  #addPart(part: AssistantPart): void {
    if (isSpoken(part)) this.#hasWords ||= part.text !== "";
    else if (part.type === "provider") this.#notes.add(`The answer has a part of ${part.vendor}'s own that is not shown here.`);
    else if (part.type !== "reasoning") this.#notes.add(`The model asked to run the tool "${part.name}", which this page does not.`);
  }

  #addEnd(reason: FinishReason): void {
    const note = finishNotes[reason];
    if (note !== undefined) this.#notes.add(note);
    else if (!this.#hasWords && this.#notes.size === 0) this.#notes.add("The answer is empty.");
  }
}

/** Whether a part is said to the person: refusals are answers too. */
export function isSpoken(part: AssistantPart): part is TextPart | RefusalPart {
  return part.type === "text" || part.type === "refusal";
}

const finishNotes: Readonly<Partial<Record<FinishReason, string>>> = {
  length: "The answer was cut at the token limit.",
  "content-filter": "The answer was cut by the provider's content filter.",
  pause: "The provider paused; ask it to go on.",
};
