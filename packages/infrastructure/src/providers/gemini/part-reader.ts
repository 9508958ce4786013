import type { Json, JsonObject, ProviderMetadata } from "@chatport/domain";
import type { AnswerAssembler } from "../../http/answer-assembler.js";
import { malformed } from "../../http/answer-failure.js";
import type { FailureContext } from "../../http/failure.js";
import { stateOf } from "../../http/history.js";
import type { SourceText } from "../../http/source-text.js";
import type { AnswerPart, FunctionCall } from "./models.js";
import { isContentPart } from "./request/content-part.js";
import { vendor } from "./vendor.js";

export interface PartContext {
  /** Scheme, host and port of the server that answers: its signatures go back to it alone. */
  readonly origin: string;
  /** Makes an id for a call that came without one. */
  readonly mintId: () => string;
  /** The context of an exception, with what had arrived by the time that it is called, and no key in it. */
  readonly failure: () => FailureContext;
}

type TextKind = "text" | "reasoning";

/**
 * The parts of an answer. A `thoughtSignature` is kept with the port's part that its wire part went into; it ends that part, because parts with a signature must not
 * be merged with others when they go back (https://ai.google.dev/gemini-api/docs/thought-signatures). Where unsigned pieces came before the signed one, `signedFrom`
 * tells at which character (UTF-16) the signed one begins. A signature that comes alone is kept with an empty text. What is kept as a part of Google's own bears the mark of its server, signed or not.
 */
export class PartReader {
  readonly #answer: AnswerAssembler;
  readonly #context: PartContext;
  #open: TextKind | undefined;
  #length = 0;
  #state: ProviderMetadata | undefined;

  constructor(answer: AnswerAssembler, context: PartContext) {
    this.#answer = answer;
    this.#context = context;
  }

  /** @param source the part as received: arguments are kept as they were spelled */
  accept(part: AnswerPart, source: SourceText): void {
    const { text, thought, functionCall } = part;
    const kind = thought === true ? "reasoning" : "text";
    const signature = part.thoughtSignature || undefined;
    if (functionCall) {
      if (text) this.#say(kind, text, undefined);
      return this.#call(functionCall, source, signature);
    }
    // A gateway may leave an empty text beside what a part holds.
    if (typeof text === "string" && (text !== "" || !isContentPart(part))) return this.#say(kind, text, signature);
    const data = dataOf(part);
    if (Object.keys(data).length === 0) return this.#say(kind, "", signature);
    this.#answer.part({
      type: "provider",
      vendor,
      data: thought === true ? { ...data, thought } : data,
      providerMetadata: signature === undefined ? stateOf(vendor, this.#context.origin, {}) : this.#signed(signature),
    });
  }

  /** Takes the opaque state of a text-like part that ends now. */
  takeState(): ProviderMetadata | undefined {
    const state = this.#state;
    this.#open = undefined;
    this.#length = 0;
    this.#state = undefined;
    return state;
  }

  #say(kind: TextKind, text: string, signature: string | undefined): void {
    if (text !== "") {
      if (kind === "text") this.#answer.text(text);
      else this.#answer.reasoning(text);
    }
    if (signature === undefined) {
      if (text === "") return;
      this.#open = kind;
      this.#length += text.length;
      return;
    }
    if (text === "" && this.#open !== kind) {
      return this.#answer.part({ type: kind, text: "", providerMetadata: this.#signed(signature) });
    }
    this.#state = this.#signed(signature, this.#length);
    this.#answer.closeText();
  }

  /** @throws {ParseException} `malformed` for a call that comes in pieces, as Vertex AI sends them on request alone: run as it is, it would lack its arguments. */
  #call(call: FunctionCall, source: SourceText, signature: string | undefined): void {
    // Whoever prints every field of a message, its defaults among them, says of a whole call that it has no pieces.
    const hasPieces = call.partialArgs != null && (call.partialArgs.length > 0 || call.args == null);
    if (hasPieces || call.willContinue === true) {
      const what = "The arguments of a call come in pieces (streamFunctionCallArguments), which this adapter does not read";
      throw malformed(what, source.member("functionCall").text ?? "", false, this.#context.failure());
    }
    const open = this.#answer.startCall(call.id || this.#context.mintId(), call.name ?? "");
    // A call comes whole: without arguments it is one with none, and none that was cut before its first one.
    const json = call.args == null ? "{}" : (source.member("functionCall").member("args").text ?? JSON.stringify(call.args));
    this.#answer.appendToCall(open, json);
    if (signature !== undefined) open.metadata = this.#signed(signature);
  }

  #signed(thoughtSignature: string, signedFrom = 0): ProviderMetadata {
    return stateOf(vendor, this.#context.origin, signedFrom === 0 ? { thoughtSignature } : { thoughtSignature, signedFrom });
  }
}

/** What a part holds besides text, calls and what is said of them: an image, executed code, a server tool. */
function dataOf(part: AnswerPart): JsonObject {
  const { text: _text, thought: _thought, thoughtSignature: _signature, functionCall: _call, ...rest } = part;
  return Object.fromEntries(Object.entries(rest).filter((entry): entry is [string, Json] => entry[1] != null));
}
