import type { ChatEvent, Json, JsonObject, ProviderMetadata } from "@chatport/domain";
import { AnswerAssembler, type OpenCall } from "../../http/answer-assembler.js";
import { stateOf } from "../../http/history.js";
import { isJsonObject, parseJson } from "../../http/json.js";
import { TextBuffer } from "../../http/text-buffer.js";
import { vendor } from "./vendor.js";

/** What an answer is read for. */
export interface AnswerContext {
  /** Scheme, host and port of the server: it alone gets its opaque state back. */
  readonly origin: string;
  /** The model that was asked for: told in `message-start` where the server does not say which model answers, and kept with its thinking. */
  readonly model: string;
  /** Makes an id for a tool call that came without one. */
  readonly mintId: () => string;
}

type OpenBlock =
  | { readonly type: "text"; citations: JsonObject[] }
  | { readonly type: "thinking"; signature: string }
  | { readonly type: "call"; readonly call: OpenCall; readonly input: Json | undefined }
  | { readonly type: "other"; data: JsonObject; readonly json: TextBuffer };

/**
 * The content blocks of one answer, by their index. A block is a part of the answer: citations go with their text and signatures with their thinking, and a
 * block that the port has no word for becomes a provider part.
 */
export class AnswerBlocks {
  readonly answer: AnswerAssembler;
  readonly #context: AnswerContext;
  readonly #open = new Map<number, OpenBlock>();
  /** The calls, by the index of their part, that the server never ended. */
  readonly #cut = new Set<number>();
  /** The block that the assembler's open text belongs to. */
  #current: number | undefined;

  constructor(context: AnswerContext, emit: (event: ChatEvent) => void) {
    this.#context = context;
    this.answer = new AnswerAssembler(
      (event) => emit(this.#judged(event)),
      (kind) => this.#takeState(kind),
    );
  }

  startText(index: number, text: string, citations: readonly JsonObject[]): void {
    this.#begin(index, { type: "text", citations: [...citations] });
    this.text(index, text);
  }

  startThinking(index: number, thinking: string, signature: string): void {
    this.#begin(index, { type: "thinking", signature });
    this.thinking(index, thinking);
  }

  startCall(index: number, id: string, name: string, input: Json | undefined, metadata: JsonObject): void {
    this.end(index);
    this.#current = undefined;
    const call = this.answer.startCall(id === "" ? this.#context.mintId() : id, name);
    if (Object.keys(metadata).length > 0) call.metadata = stateOf(vendor, this.#context.origin, metadata);
    this.#open.set(index, { type: "call", call, input });
  }

  startOther(index: number, data: JsonObject): void {
    this.#begin(index, { type: "other", data, json: new TextBuffer() });
  }

  redactedThinking(index: number, redacted: string): void {
    this.end(index);
    this.answer.part({ type: "reasoning", text: "", providerMetadata: this.#state({ redacted }) });
  }

  text(index: number, text: string): void {
    if (text === "") return;
    if (this.#open.get(index)?.type !== "text") this.#begin(index, { type: "text", citations: [] });
    this.#turnTo(index);
    this.answer.text(text);
  }

  thinking(index: number, thinking: string): void {
    if (thinking === "") return;
    if (this.#open.get(index)?.type !== "thinking") this.#begin(index, { type: "thinking", signature: "" });
    this.#turnTo(index);
    this.answer.reasoning(thinking);
  }

  /** A piece of a call's arguments; returns false when the block takes none. */
  json(index: number, json: string): boolean {
    const block = this.#open.get(index);
    if (block?.type === "call") {
      if (json !== "") this.answer.appendToCall(block.call, json);
      return true;
    }
    if (block?.type === "other") block.json.append(json);
    return block?.type === "other";
  }

  /** Citations, signatures, and deltas of blocks that are kept as they are. */
  otherDelta(index: number, { type, ...delta }: JsonObject): void {
    const block = this.#open.get(index);
    if (block?.type === "text" && type === "citations_delta" && isJsonObject(delta["citation"])) block.citations.push(delta["citation"]);
    if (block?.type === "thinking" && type === "signature_delta" && typeof delta["signature"] === "string") {
      block.signature = delta["signature"];
    }
    if (block?.type === "other") block.data = extended(block.data, delta);
  }

  end(index: number): void {
    const block = this.#open.get(index);
    if (block === undefined) return;
    if (this.#current === index) this.answer.closeText();
    this.#open.delete(index);
    if (block.type === "call") completeArguments(this.answer, block.call, block.input);
    // The API may give a signature without any thinking to read.
    if (block.type === "thinking" && block.signature !== "") {
      this.answer.part({ type: "reasoning", text: "", providerMetadata: this.#thought(block.signature) });
    }
    if (block.type === "other") {
      this.answer.part({ type: "provider", vendor, data: completed(block.data, block.json), providerMetadata: this.#state({}) });
    }
  }

  /** Ends what the server left open. A call among it was cut, unless its arguments are whole and the answer stopped for it. */
  endAll(stopReason: string | undefined): void {
    for (const [index, block] of this.#open) {
      this.end(index);
      if (block.type !== "call") continue;
      const { call } = block;
      if (stopReason !== "tool_use" || parseJson(call.json.toString()) === undefined) this.#cut.add(call.index);
    }
  }

  #judged(event: ChatEvent): ChatEvent {
    if (event.type !== "part-end" || event.part.type !== "tool-call" || !this.#cut.has(event.index)) return event;
    const { input: _, ...call } = event.part;
    return { ...event, part: { ...call, type: "invalid-tool-call" } };
  }

  #begin(index: number, block: OpenBlock): void {
    this.end(index);
    this.#open.set(index, block);
  }

  #turnTo(index: number): void {
    if (this.#current === index) return;
    this.answer.closeText();
    this.#current = index;
  }

  #takeState(kind: "text" | "reasoning" | "refusal"): ProviderMetadata | undefined {
    const block = this.#current === undefined ? undefined : this.#open.get(this.#current);
    if (kind === "text" && block?.type === "text" && block.citations.length > 0) {
      const { citations } = block;
      block.citations = [];
      return this.#state({ citations });
    }
    if (kind === "reasoning" && block?.type === "thinking" && block.signature !== "") {
      const { signature } = block;
      block.signature = "";
      return this.#thought(signature);
    }
    return undefined;
  }

  #thought(signature: string): ProviderMetadata {
    return this.#state({ signature, model: this.#context.model });
  }

  #state(state: JsonObject): ProviderMetadata {
    return stateOf(vendor, this.#context.origin, state);
  }
}

/** A whole answer, and a few servers' streams, hold a call's arguments in its block in place of deltas. */
function completeArguments(answer: AnswerAssembler, call: OpenCall, input: Json | undefined): void {
  const isNone = input === undefined || input === null || (isJsonObject(input) && Object.keys(input).length === 0);
  if (call.json.isEmpty && !isNone) answer.appendToCall(call, JSON.stringify(input));
}

/** The block with the input that its deltas made. One whose input was cut has no type, so that it is kept and never sent back. */
function completed(data: JsonObject, json: TextBuffer): JsonObject {
  if (json.isEmpty) return data;
  const text = json.toString();
  const input = parseJson(text);
  return input === undefined ? { unfinished: data, partial_json: text } : { ...data, input };
}

/** Text adds to text, anything else replaces what was there. */
function extended(data: JsonObject, delta: JsonObject): JsonObject {
  // A map, as a field of a hostile server's may be called "__proto__".
  const fields = new Map(Object.entries(data));
  for (const [key, value] of Object.entries(delta)) {
    const before = fields.get(key);
    fields.set(key, typeof before === "string" && typeof value === "string" ? before + value : value);
  }
  return Object.fromEntries(fields);
}
