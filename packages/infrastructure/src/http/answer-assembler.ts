import type {
  AssistantMessage,
  AssistantPart,
  ChatEvent,
  FinishReason,
  InvalidToolCallPart,
  ProviderMetadata,
  ToolCallPart,
  Usage,
} from "@chatport/domain";
import type { SoFar } from "./answer-reader.js";
import { parseJson } from "./json.js";
import { TextBuffer } from "./text-buffer.js";

type TextKind = "text" | "reasoning" | "refusal";

interface OpenText {
  readonly kind: TextKind;
  readonly index: number;
  readonly text: TextBuffer;
}

/** A tool call that is being streamed. */
export interface OpenCall {
  readonly index: number;
  readonly id: string;
  /** Empty until it is known: some servers send it late. */
  name: string;
  readonly json: TextBuffer;
  /** Opaque fields of the call, to be echoed. */
  metadata?: ProviderMetadata | undefined;
}

/**
 * Builds an answer from what a vendor's stream tells, and emits the port's events on the way: it numbers parts, closes them, judges tool arguments and the
 * finish reason, and keeps what had arrived for an exception. Every adapter's interpreter sits on it, so that these rules are written once.
 */
export class AnswerAssembler {
  readonly #emit: (event: ChatEvent) => void;
  readonly #stateOf: (kind: TextKind) => ProviderMetadata | undefined;
  readonly #parts: AssistantPart[] = [];
  readonly #calls: OpenCall[] = [];
  #open: OpenText | undefined;
  #next = 0;
  #started = false;
  #usage: Usage | undefined;

  /** `stateOf` gives the opaque state of a text-like part at the moment when it ends. Default: none. */
  constructor(emit: (event: ChatEvent) => void, stateOf: (kind: TextKind) => ProviderMetadata | undefined = () => undefined) {
    this.#emit = emit;
    this.#stateOf = stateOf;
  }

  get started(): boolean {
    return this.#started;
  }

  get usage(): Usage | undefined {
    return this.#usage;
  }

  /** The answer begins. Once it has begun, this says nothing more: whichever event comes first may tell. */
  start(model: string, id: string | undefined): void {
    if (this.#started) return;
    this.#started = true;
    this.#emit(id === undefined ? { type: "message-start", model } : { type: "message-start", model, id });
  }

  text(delta: string): void {
    this.#emit({ type: "text-delta", index: this.#append("text", delta), text: delta });
  }

  reasoning(delta: string): void {
    this.#emit({ type: "reasoning-delta", index: this.#append("reasoning", delta), text: delta });
  }

  refusal(delta: string): void {
    this.#emit({ type: "refusal-delta", index: this.#append("refusal", delta), text: delta });
  }

  startCall(id: string, name: string): OpenCall {
    this.closeText();
    const call: OpenCall = { index: this.#next++, id, name, json: new TextBuffer() };
    this.#calls.push(call);
    this.#emit({ type: "tool-call-start", index: call.index, id, name });
    return call;
  }

  appendToCall(call: OpenCall, json: string): void {
    call.json.append(json);
    this.#emit({ type: "tool-call-delta", index: call.index, json });
  }

  /** A part that comes whole. */
  part(part: AssistantPart): void {
    this.closeText();
    this.#end(this.#next++, part);
  }

  reportUsage(usage: Usage): void {
    this.#usage = usage;
    this.#emit({ type: "usage", usage });
  }

  /**
   * The answer is complete. A normal stop that holds a call is a `tool-calls`. Where the answer was stopped instead, a call without arguments that nothing follows
   * was stopped before its first one: it does not mean `{}`.
   */
  finish(finishReason: FinishReason, rawFinishReason: string | undefined): void {
    this.closeText();
    const wasStopped = finishReason === "length" || finishReason === "content-filter";
    for (const call of this.#calls) {
      const isCut = wasStopped && call.index === this.#next - 1 && call.json.toString().trim() === "";
      this.#end(call.index, isCut ? invalidCall(call) : callPart(call));
    }
    const holdsCall = this.#calls.length > 0;
    this.#emit({
      type: "message-end",
      finishReason: finishReason === "stop" && holdsCall ? "tool-calls" : finishReason,
      ...(rawFinishReason !== undefined && { rawFinishReason }),
      ...(this.#usage !== undefined && { usage: this.#usage }),
    });
  }

  /** What had arrived, for an exception. */
  get soFar(): SoFar {
    const partial = this.#partial();
    return { ...(partial !== undefined && { partial }), ...(this.#usage !== undefined && { usage: this.#usage }) };
  }

  /** A call that has not ended counts as cut, whatever its arguments look like. */
  #partial(): AssistantMessage | undefined {
    const content = [...this.#parts];
    if (this.#open !== undefined) content[this.#open.index] = { type: this.#open.kind, text: this.#open.text.toString() };
    for (const call of this.#calls) content[call.index] ??= invalidCall(call);
    return content.length === 0 ? undefined : { role: "assistant", content };
  }

  #append(kind: TextKind, delta: string): number {
    const open = this.#open;
    if (open !== undefined && open.kind === kind) {
      open.text.append(delta);
      return open.index;
    }
    this.closeText();
    this.#open = { kind, index: this.#next, text: new TextBuffer() };
    this.#open.text.append(delta);
    return this.#next++;
  }

  /** Ends the text-like part that is open, if one is. */
  closeText(): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    const metadata = this.#stateOf(open.kind);
    this.#end(open.index, { type: open.kind, text: open.text.toString(), ...(metadata !== undefined && { providerMetadata: metadata }) });
  }

  #end(index: number, part: AssistantPart): void {
    this.#parts[index] = part;
    this.#emit({ type: "part-end", index, part });
  }
}

/** Empty arguments mean `{}`; anything else that is not valid JSON is an invalid call, and so is a call of nothing. Nothing repairs it. */
function callPart(call: OpenCall): ToolCallPart | InvalidToolCallPart {
  if (call.name === "") return invalidCall(call);
  const json = call.json.toString();
  const input = json.trim() === "" ? {} : parseJson(json);
  if (input === undefined) return invalidCall(call);
  return { type: "tool-call", id: call.id, name: call.name, input, json, ...metadataOf(call) };
}

function invalidCall(call: OpenCall): InvalidToolCallPart {
  return { type: "invalid-tool-call", id: call.id, name: call.name, json: call.json.toString(), ...metadataOf(call) };
}

function metadataOf(call: OpenCall): { providerMetadata?: ProviderMetadata } {
  return call.metadata === undefined ? {} : { providerMetadata: call.metadata };
}
