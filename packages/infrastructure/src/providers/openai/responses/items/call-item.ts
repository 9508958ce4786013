import type { Json, JsonObject } from "@chatport/domain";
import type { OpenCall } from "../../../../http/answer-assembler.js";
import { canonicalJson, parseJson } from "../../../../http/json.js";
import { TextBuffer } from "../../../../http/text-buffer.js";
import { type FunctionCallItem, functionCallItemSchema, type TypedObject } from "../models/answer.js";
import { SpokenText } from "../spoken-text.js";
import type { AnswerItem, ItemContext, TextKind } from "./answer-item.js";
import { fieldsOf, fieldsSoFar } from "./item-fields.js";

const held = ["type", "call_id", "name", "arguments"];

/**
 * A call of one of the caller's functions. Arguments that come before the call's id and name are known are held back until they are. A call counts as cut unless
 * the server said that it, or its arguments, were done; and one whose final arguments mean something else than their pieces is as broken: which of the two was
 * meant, nobody knows.
 */
export class CallItem implements AnswerItem {
  readonly type = "function_call";
  readonly #context: ItemContext;
  readonly #arguments = new SpokenText((json) => this.#append(json));
  readonly #heldBack = new TextBuffer();
  #call: OpenCall | undefined;
  #id = "";
  #name = "";
  #fields: JsonObject = {};
  #isDone = false;
  #hasAllArguments = false;

  constructor(context: ItemContext) {
    this.#context = context;
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  begin(item: TypedObject): void {
    const { arguments: json } = this.#named(item);
    this.#fields = fieldsSoFar(item, held);
    const begun = textOf(json);
    // What some servers begin with is a placeholder; of a call without arguments it says nothing that the absence of any does not.
    this.#arguments.begin(begun === "{}" ? "" : begun);
    if (this.#id !== "" && this.#name !== "") this.#start();
  }

  add(kind: TextKind, _index: number, piece: string): void {
    if (kind === "arguments") this.#arguments.add(piece);
  }

  settle(kind: TextKind, _index: number, text: string): void {
    if (kind !== "arguments") return;
    this.#arguments.settle(text);
    this.#hasAllArguments = true;
  }

  done(item: TypedObject): void {
    const { arguments: json, status } = this.#named(item);
    this.#fields = fieldsOf(item, held);
    this.#isDone = true;
    // Of an item that is done, "in_progress" says nothing more than that nobody has updated it.
    if (status !== "in_progress") this.#hasAllArguments = status !== "incomplete";
    this.#arguments.settle(textOf(json));
    this.end();
  }

  end(): void {
    const call = this.#start();
    this.#arguments.end();
    const { final } = this.#arguments;
    const state = { item: this.#fields, ...(final !== undefined && { final }) };
    const { speech } = this.#context;
    if (Object.keys(this.#fields).length > 0 || final !== undefined) call.metadata = speech.stateOf(state);
    const isContradicted = final !== undefined && canonicalJson(parseJson(call.json.toString())) !== canonicalJson(parseJson(final));
    if (!this.#hasAllArguments || isContradicted) speech.cut(call);
  }

  #named(item: TypedObject): FunctionCallItem {
    const read = this.#context.read(functionCallItemSchema, item);
    this.#id ||= read.call_id ?? "";
    this.#name ||= read.name ?? "";
    return read;
  }

  /** Begins the call, if that is still to do. */
  #start(): OpenCall {
    if (this.#call !== undefined) return this.#call;
    const { speech, mintId } = this.#context;
    const { answer } = speech;
    const call = answer.startCall(this.#id || mintId(), this.#name);
    this.#call = call;
    if (!this.#heldBack.isEmpty) answer.appendToCall(call, this.#heldBack.toString());
    return call;
  }

  #append(json: string): void {
    if (this.#call === undefined) this.#heldBack.append(json);
    else this.#context.speech.answer.appendToCall(this.#call, json);
  }
}

/** Arguments are JSON text; a few servers send the object itself. */
export function textOf(json: Json | undefined): string {
  if (json === undefined || json === null) return "";
  return typeof json === "string" ? json : JSON.stringify(json);
}
