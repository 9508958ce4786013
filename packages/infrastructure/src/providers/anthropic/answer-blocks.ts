import type { ChatEvent, JsonObject, ProviderMetadata } from "@chatport/domain";
import { AnswerAssembler, type OpenCall } from "../../http/answer-assembler.js";
import { stateOf } from "../../http/history.js";
import { isJsonObject } from "../../http/json.js";
import { OpaqueBlock } from "./opaque-block.js";
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
  | { readonly type: "call"; readonly call: OpenCall; readonly argumentsInBlock: string }
  | { readonly type: "other"; readonly content: OpaqueBlock };

/**
 * The content blocks of one answer, by their index. A block is a part of the answer: citations go with their text and signatures with their thinking, and a
 * block that the port has no word for becomes a provider part.
 */
export class AnswerBlocks {
  readonly answer: AnswerAssembler;
  readonly #context: AnswerContext;
  readonly #open = new Map<number, OpenBlock>();
  /** Which of the open ones are no calls: an answer may hold any number of open calls, which the next block does not look through. */
  readonly #openOthers = new Set<number>();
  /** The block that the assembler's open text belongs to. */
  #current: number | undefined;

  constructor(context: AnswerContext, emit: (event: ChatEvent) => void) {
    this.#context = context;
    this.answer = new AnswerAssembler(emit, (kind) => this.#takeState(kind));
  }

  startText(index: number, text: string, citations: readonly JsonObject[]): void {
    this.#endOthers();
    this.#begin(index, { type: "text", citations: [...citations] });
    this.text(index, text);
  }

  startThinking(index: number, thinking: string, signature: string): void {
    this.#endOthers();
    this.#begin(index, { type: "thinking", signature });
    this.thinking(index, thinking);
  }

  /** @param argumentsInBlock the text of arguments that the block itself holds; they count unless deltas bring others */
  startCall(index: number, id: string, name: string, argumentsInBlock: string, metadata: JsonObject): void {
    this.#endOthers();
    this.end(index);
    this.#current = undefined;
    const call = this.answer.startCall(id === "" ? this.#context.mintId() : id, name);
    if (Object.keys(metadata).length > 0) call.metadata = stateOf(vendor, this.#context.origin, metadata);
    this.#open.set(index, { type: "call", call, argumentsInBlock });
  }

  startOther(index: number, data: JsonObject): void {
    this.#endOthers();
    this.#begin(index, { type: "other", content: new OpaqueBlock(data) });
  }

  redactedThinking(index: number, redacted: string): void {
    this.#endOthers();
    this.end(index);
    this.answer.part({ type: "reasoning", text: "", providerMetadata: this.#thought({ redacted }) });
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
    if (block?.type === "other") block.content.addInput(json);
    return block?.type === "other";
  }

  /** Citations, signatures, and deltas of blocks that are kept as they are. */
  otherDelta(index: number, { type, ...delta }: JsonObject): void {
    const block = this.#open.get(index);
    if (block?.type === "text" && type === "citations_delta" && isJsonObject(delta["citation"])) block.citations.push(delta["citation"]);
    if (block?.type === "thinking" && type === "signature_delta" && typeof delta["signature"] === "string") {
      block.signature = delta["signature"];
    }
    if (block?.type === "other") block.content.add(delta);
  }

  end(index: number): void {
    const block = this.#open.get(index);
    if (block === undefined) return;
    if (this.#current === index) this.answer.closeText();
    this.#open.delete(index);
    this.#openOthers.delete(index);
    if (block.type === "call" && block.call.json.isEmpty && block.argumentsInBlock !== "") {
      this.answer.appendToCall(block.call, block.argumentsInBlock);
    }
    // The API may give a signature without any thinking to read.
    if (block.type === "thinking" && block.signature !== "") {
      this.answer.part({ type: "reasoning", text: "", providerMetadata: this.#thought({ signature: block.signature }) });
    }
    if (block.type === "other") {
      this.answer.part({ type: "provider", vendor, data: block.content.toJson(), providerMetadata: this.#state({}) });
    }
  }

  /** Ends what the server left open. */
  endAll(): void {
    for (const index of this.#open.keys()) this.end(index);
  }

  /** Blocks come one behind the other: where the server leaves out that one ended, the next one says it. Of calls any may still grow. */
  #endOthers(): void {
    for (const index of this.#openOthers) this.end(index);
  }

  #begin(index: number, block: Exclude<OpenBlock, { type: "call" }>): void {
    this.end(index);
    this.#open.set(index, block);
    this.#openOthers.add(index);
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
      return this.#thought({ signature });
    }
    return undefined;
  }

  /** Thinking is of use to the model alone that thought it. */
  #thought(state: JsonObject): ProviderMetadata {
    return stateOf(vendor, this.#context.origin, state, this.#context.model);
  }

  #state(state: JsonObject): ProviderMetadata {
    return stateOf(vendor, this.#context.origin, state);
  }
}
