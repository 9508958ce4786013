import type { AnswerMessage, ChatLine } from "./models.js";

/** One of the lines that streams are made of: a piece of text or thinking, and nothing else that anybody reads. */
export interface UsualLine extends ChatLine {
  readonly model: string;
  readonly message: UsualMessage;
}

interface UsualMessage extends AnswerMessage {
  readonly content: string;
}

/**
 * Whether a parsed line is a usual one, and so sure to pass the schema. Stands in front of the schema because validating costs more than parsing; a property
 * test holds the two together. It says no to whatever it does not know, and the schema decides.
 */
export function isUsualLine(value: unknown): value is UsualLine {
  if (typeof value !== "object" || value === null) return false;
  const line: Unknown<ChatLine> = value;
  return (
    typeof line.model === "string" &&
    line.done === false &&
    line.error == null &&
    line.done_reason == null &&
    line.prompt_eval_count == null &&
    line.eval_count == null &&
    line.logprobs == null &&
    isUsualMessage(line.message)
  );
}

function isUsualMessage(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const message: Unknown<AnswerMessage> = value;
  return (
    typeof message.content === "string" &&
    (message.thinking == null || typeof message.thinking === "string") &&
    message.tool_calls == null &&
    message.images == null
  );
}

type Unknown<Shape> = { readonly [Key in keyof Shape]?: unknown };
