import { isAbsent, isAbsentOrString, type Unknown } from "../../http/wire-guards.js";
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
    isAbsent(line.error) &&
    isAbsent(line.done_reason) &&
    isAbsent(line.prompt_eval_count) &&
    isAbsent(line.eval_count) &&
    isAbsent(line.logprobs) &&
    isUsualMessage(line.message)
  );
}

function isUsualMessage(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const message: Unknown<AnswerMessage> = value;
  return (
    typeof message.content === "string" && isAbsentOrString(message.thinking) && isAbsent(message.tool_calls) && isAbsent(message.images)
  );
}
