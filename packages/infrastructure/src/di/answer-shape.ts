import type { ChatEvent, ModelInfo } from "@chatport/domain";

/** Whether a value can be read with `for await`. */
export function isEventStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value && typeof value[Symbol.asyncIterator] === "function";
}

/** Whether a value has what is read of every event of its type. A type that is not known here is a later version's. */
export function isEvent(value: unknown): value is ChatEvent {
  switch (member(value, "type")) {
    case "message-start":
      return typeof member(value, "model") === "string";
    case "message-end":
      return typeof member(value, "finishReason") === "string";
    case "text-delta":
    case "reasoning-delta":
    case "refusal-delta":
      return hasIndex(value) && typeof member(value, "text") === "string";
    case "tool-call-delta":
      return hasIndex(value) && typeof member(value, "json") === "string";
    case "tool-call-start":
      return hasIndex(value) && typeof member(value, "id") === "string" && typeof member(value, "name") === "string";
    case "part-end":
      return hasIndex(value) && isPart(member(value, "part"));
    case "usage":
      return typeof member(value, "usage") === "object" && member(value, "usage") !== null;
    default:
      return typeof member(value, "type") === "string";
  }
}

/** Whether a value is a list of models, each with an id. */
export function isModelList(value: unknown): value is readonly ModelInfo[] {
  return Array.isArray(value) && value.every(isModel);
}

function isModel(value: unknown): value is ModelInfo {
  const id = member(value, "id");
  return typeof id === "string" && id !== "";
}

/** The texts that are read of a part, by its type. */
const readOf = new Map([
  ["text", ["text"]],
  ["reasoning", ["text"]],
  ["refusal", ["text"]],
  ["tool-call", ["id", "name", "json"]],
  ["invalid-tool-call", ["id", "name", "json"]],
]);

function isPart(part: unknown): boolean {
  const type = member(part, "type");
  const read = typeof type === "string" ? (readOf.get(type) ?? []) : undefined;
  return read?.every((key) => typeof member(part, key) === "string") === true;
}

function hasIndex(event: unknown): boolean {
  const index = member(event, "index");
  return typeof index === "number" && Number.isInteger(index) && index >= 0;
}

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
