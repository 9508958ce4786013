import { isAbsent, isAbsentOrNumber, isAbsentOrString, type Unknown } from "../../http/wire-guards.js";
import { hasFilterHits } from "./filter-hits.js";
import type { ChatCompletionChunk, Choice, Delta, FunctionCall, ToolCallDelta } from "./models.js";

/** One of the chunks that streams are made of: a piece of text, reasoning or tool arguments, a finish reason, and nothing else that anybody reads. */
export interface UsualChunk extends ChatCompletionChunk {
  readonly id: string;
  readonly model: string;
  readonly choices: [UsualChoice];
}

interface UsualChoice extends Choice {
  readonly delta: UsualDelta;
}

interface UsualDelta extends Delta {
  readonly content?: string | null;
}

/**
 * Whether a parsed event is a usual chunk, and so sure to pass the chunk schema. Stands in front of the schema because validating with the schema costs more
 * than parsing; a property test holds the two together: what the guard accepts, the schema accepts. It says no to whatever it does not know, and the schema
 * decides.
 */
export function isUsualChunk(value: unknown): value is UsualChunk {
  if (typeof value !== "object" || value === null) return false;
  const chunk: Unknown<ChatCompletionChunk> = value;
  return (
    typeof chunk.id === "string" &&
    typeof chunk.model === "string" &&
    isAbsent(chunk.usage) &&
    isAbsent(chunk.x_groq) &&
    isAbsent(chunk.error) &&
    isAbsent(chunk.citations) &&
    isAbsent(chunk.search_results) &&
    Array.isArray(chunk.choices) &&
    chunk.choices.length === 1 &&
    isUsualChoice(chunk.choices[0])
  );
}

function isUsualChoice(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const choice: Unknown<Choice> = value;
  return (
    isAbsentOrNumber(choice.index) &&
    isAbsent(choice.message) &&
    isAbsent(choice.error) &&
    isAbsent(choice.logprobs) &&
    !hasFilterHits(choice.content_filter_results) &&
    isAbsentOrString(choice.finish_reason) &&
    isUsualDelta(choice.delta)
  );
}

function isUsualDelta(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const delta: Unknown<Delta> = value;
  return (
    isAbsentOrString(delta.content) &&
    isAbsentOrString(delta.refusal) &&
    isAbsentOrString(delta.reasoning) &&
    isAbsentOrString(delta.reasoning_content) &&
    isAbsent(delta.reasoning_details) &&
    isAbsent(delta.function_call) &&
    isAbsent(delta.annotations) &&
    isAbsent(delta.images) &&
    isAbsent(delta.audio) &&
    isAbsent(delta.extra_content) &&
    (isAbsent(delta.tool_calls) || isArgumentsDelta(delta.tool_calls))
  );
}

/** One piece of arguments of a call that has begun before. */
function isArgumentsDelta(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 1) return false;
  const first: unknown = value[0];
  if (typeof first !== "object" || first === null) return false;
  const call: Unknown<ToolCallDelta> = first;
  const { index, id, function: named, custom, extra_content: extra } = call;
  // `1e999` is valid JSON and no finite number.
  if (!Number.isFinite(index) || !isAbsentOrString(id) || !isAbsent(custom) || !isAbsent(extra)) return false;
  if (typeof named !== "object" || named === null || Array.isArray(named)) return false;
  const called: Unknown<FunctionCall> = named;
  return isAbsentOrString(called.name) && isAbsentOrString(called.arguments);
}
