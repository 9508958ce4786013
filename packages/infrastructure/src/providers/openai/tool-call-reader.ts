import type { AnswerAssembler, OpenCall } from "../../http/answer-assembler.js";
import { isJsonObject } from "../../http/json.js";
import type { ToolCallDelta } from "./models.js";
import { opaqueState } from "./opaque-state.js";
import { vendor } from "./vendor.js";

/**
 * Sorts the pieces of tool calls. They go by `index`; where a server sends none, by id, and where it sends neither, a name begins a new call and anything
 * else continues the last one. A new id and name at an index in use is a new call (Gemini sends index 0 for all). An empty id or name overwrites nothing.
 */
export class ToolCallReader {
  readonly #answer: AnswerAssembler;
  readonly #mintId: () => string;
  readonly #origin: string | undefined;
  readonly #byIndex = new Map<number, OpenCall>();
  readonly #byId = new Map<string, OpenCall>();
  #last: OpenCall | undefined;

  /** @param origin the server that answers, where it is known */
  constructor(answer: AnswerAssembler, mintId: () => string, origin?: string) {
    this.#answer = answer;
    this.#mintId = mintId;
    this.#origin = origin;
  }

  accept(delta: ToolCallDelta): void {
    const id = delta.id === undefined || delta.id === null ? "" : String(delta.id);
    const name = delta.function?.name ?? delta.custom?.name ?? "";
    const call = this.#find(delta.index, id, name) ?? this.#begin(delta.index, id, name);
    if (call.name === "") call.name = name;
    const json = argumentsOf(delta);
    if (json !== "") this.#answer.appendToCall(call, json);
    keepOpaqueFields(call, delta, this.#origin);
  }

  #find(index: number | null | undefined, id: string, name: string): OpenCall | undefined {
    if (typeof index === "number") {
      const call = this.#byIndex.get(index);
      return call !== undefined && isAnother(call, id, name) ? undefined : call;
    }
    if (id !== "") return this.#byId.get(id);
    return name === "" ? this.#last : undefined;
  }

  #begin(index: number | null | undefined, id: string, name: string): OpenCall {
    const call = this.#answer.startCall(id === "" ? this.#mintId() : id, name);
    if (typeof index === "number") this.#byIndex.set(index, call);
    this.#byId.set(call.id, call);
    this.#last = call;
    return call;
  }
}

/** Whether an index in use is used again for another call. Without an id, a second name after arguments tells. */
function isAnother(call: OpenCall, id: string, name: string): boolean {
  if (name === "") return false;
  return id === "" ? name !== call.name && !call.json.isEmpty : id !== call.id && call.name !== "";
}

/** Arguments are JSON text; a few servers send the object itself. */
function argumentsOf(delta: ToolCallDelta): string {
  const value = delta.function?.arguments ?? delta.custom?.input ?? "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What only this vendor knows of a call (Gemini's `extra_content`) is echoed in the next turn. */
function keepOpaqueFields(call: OpenCall, delta: ToolCallDelta, origin: string | undefined): void {
  const { index: _index, id: _id, type: _type, function: _function, custom: _custom, ...rest } = delta;
  const fields: unknown = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined && value !== null));
  if (!isJsonObject(fields) || Object.keys(fields).length === 0) return;
  call.metadata = opaqueState({ ...call.metadata?.[vendor], ...fields }, origin);
}
