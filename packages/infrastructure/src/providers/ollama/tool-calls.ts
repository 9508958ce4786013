import type { Json } from "@chatport/domain";
import type { AnswerAssembler } from "../../http/answer-assembler.js";
import { stateOf } from "../../http/history.js";
import { jsonItemSources, jsonSource } from "../../http/json-source.js";
import type { ToolCall } from "./models.js";
import { vendor } from "./vendor.js";

/** What reading calls needs to know. */
export interface ToolCallContext {
  /** Scheme, host and port of the server: its state goes back to it alone. */
  readonly origin: string;
  /** Makes an id for a call that came without one. */
  readonly mintId: () => string;
}

/**
 * The calls of one line, each whole. Their arguments are an object inside of the line; its text is kept exactly as received, so `line` is needed too. Arguments
 * that come as a text are that text.
 */
export function addToolCalls(calls: readonly ToolCall[], line: string, answer: AnswerAssembler, { origin, mintId }: ToolCallContext): void {
  const sources = jsonItemSources(jsonSource(line, ["message", "tool_calls"]) ?? "");
  for (const [index, call] of calls.entries()) {
    const { id } = call;
    const open = answer.startCall(typeof id === "string" && id !== "" ? id : mintId(), call.function.name ?? "");
    const state = Object.entries(call).filter(([field]) => !documentedFields.has(field));
    if (state.length > 0) open.metadata = stateOf(vendor, origin, Object.fromEntries(state.filter(isJsonField)));
    const json = argumentsOf(call, sources[index] ?? "");
    if (json !== "") answer.appendToCall(open, json);
  }
}

function argumentsOf(call: ToolCall, source: string): string {
  const { arguments: given } = call.function;
  if (typeof given === "string") return given;
  return given === undefined || given === null ? "" : (jsonSource(source, ["function", "arguments"]) ?? "");
}

const documentedFields: ReadonlySet<string> = new Set(["id", "type", "index", "function"]);

/** Says in types what loose schemas leave open: the fields of a parsed line are JSON. */
function isJsonField(field: readonly [string, unknown]): field is [string, Json] {
  return field[1] !== undefined;
}
