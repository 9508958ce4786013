import { type AssistantMessage, assistantMessage, type AssistantPart, type ChatEvent } from "@chatport/domain";

/** The answer so far, kept while it streams, so that one that is stopped or fails is not lost. */
export class AnswerDraft {
  readonly #parts: AssistantPart[] = [];

  add(event: ChatEvent): void {
    if (event.type === "text-delta" || event.type === "refusal-delta") {
      const type = event.type === "text-delta" ? "text" : "refusal";
      const before = this.#parts[event.index];
      this.#parts[event.index] = { type, text: before?.type === type ? before.text + event.text : event.text };
    } else if (event.type === "part-end") {
      this.#parts[event.index] = event.part;
    }
  }

  /** The whole answer. */
  message(): AssistantMessage {
    return assistantMessage(this.#parts.filter(Boolean));
  }

  /**
   * What can be sent back of an answer that did not end: what it said. Cut-off reasoning is of no use to a provider, and a call without its result is an
   * error to most.
   */
  partial(): AssistantMessage {
    return assistantMessage(this.#parts.filter((part) => (part?.type === "text" || part?.type === "refusal") && part.text !== ""));
  }
}
