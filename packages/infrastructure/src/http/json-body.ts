import type { ChatException } from "@chatport/domain";
import { malformed, truncated } from "./answer-failure.js";
import { readCutJson } from "./cut-json.js";
import { type FailureContext, failureInStream } from "./failure.js";
import { tellsOfError } from "./error-document.js";
import { parseJson } from "./json.js";
import { bodyLimit, type Limits } from "./limits.js";
import type { AnswerInterpreter, SoFar } from "./answer-reader.js";

/** Reads a body that is one JSON document and hands its value over at the end. */
export class JsonBody<Value> implements AnswerInterpreter {
  readonly finished = false;
  readonly soFar: SoFar = {};
  readonly #maxBytes: number;
  readonly #failure: FailureContext;
  readonly #validate: (value: unknown) => Value | undefined;
  readonly #emit: (value: Value) => void;
  readonly #decoder = new TextDecoder();
  readonly #pieces: string[] = [];
  #bytes = 0;

  /** `validate` gives undefined for a document of the wrong shape, which is then read as an error. */
  constructor(
    response: Response,
    limits: Limits,
    failure: () => FailureContext,
    validate: (value: unknown) => Value | undefined,
    emit: (value: Value) => void,
  ) {
    this.#maxBytes = bodyLimit(limits, response.headers);
    this.#failure = failure();
    this.#validate = validate;
    this.#emit = emit;
  }

  get eventCount(): number {
    return this.#pieces.length;
  }

  feed(bytes: Uint8Array): void {
    this.#bytes += bytes.byteLength;
    if (this.#bytes > this.#maxBytes)
      throw malformed(`The answer is too large: more than ${this.#maxBytes} bytes`, "", false, this.#failure);
    this.#pieces.push(this.#decoder.decode(bytes, { stream: true }));
  }

  end(): void {
    const text = this.#pieces.join("") + this.#decoder.decode();
    const value = parseJson(text);
    if (value === undefined) throw this.#noJson(text);
    const valid = this.#validate(value);
    if (valid !== undefined) this.#emit(valid);
    else if (tellsOfError(value)) throw failureInStream(value, this.#failure);
    else throw malformed("The answer has the wrong shape", text, false, this.#failure);
  }

  #noJson(text: string): ChatException {
    if (readCutJson(text) === undefined) return malformed("The answer is not JSON", text, true, this.#failure);
    return truncated("The answer was cut off in the middle of its JSON.", this.#failure);
  }
}
