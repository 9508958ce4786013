import { assistantMessage, type AssistantPart, type ChatEvent, type ChatExceptionDetails } from "@chatport/domain";

/** Adds up the events of an answer that may not come to its end, for the exception that ends it. */
export class AnswerSoFar {
  readonly #parts: AssistantPart[] = [];
  #usage: ChatExceptionDetails["usage"];

  add(event: ChatEvent): void {
    switch (event.type) {
      case "text-delta":
      case "reasoning-delta":
      case "refusal-delta": {
        const before = this.#parts[event.index];
        const said = before !== undefined && "text" in before ? before.text : "";
        this.#parts[event.index] = { type: spoken[event.type], text: said + event.text };
        break;
      }
      case "tool-call-start":
        this.#parts[event.index] = { type: "invalid-tool-call", id: event.id, name: event.name, json: "" };
        break;
      case "tool-call-delta": {
        const call = this.#parts[event.index];
        if (call?.type === "invalid-tool-call") this.#parts[event.index] = { ...call, json: call.json + event.json };
        break;
      }
      case "part-end":
        this.#parts[event.index] = event.part;
        break;
      case "usage":
        this.#usage = event.usage;
        break;
      case "message-end":
        this.#usage = event.usage ?? this.#usage;
        break;
      default:
    }
  }

  /** What an exception tells of it. */
  get details(): Pick<ChatExceptionDetails, "partial" | "usage"> {
    const parts = this.#parts.filter((part) => part !== undefined);
    return { ...(parts.length > 0 && { partial: assistantMessage(parts) }), ...(this.#usage && { usage: this.#usage }) };
  }
}

const spoken = { "text-delta": "text", "reasoning-delta": "reasoning", "refusal-delta": "refusal" } as const;
