import type { Json, JsonObject } from "@chatport/domain";
import { malformed, truncated } from "../../http/answer-failure.js";
import type { SoFar } from "../../http/answer-reader.js";
import { isTold, tellsOfError } from "../../http/error-document.js";
import { type FailureContext, failureInStream } from "../../http/failure.js";
import type { JsonEventSink } from "../../http/json-sink.js";
import { isJsonList, isJsonObject } from "../../http/json.js";
import { SourceText } from "../../http/source-text.js";
import { placeOfIssue } from "../../http/wire-shape.js";
import { isUsualChunk } from "./chunk-guard.js";
import type { ResponseInterpreter } from "./gemini-response.js";
import { generateContentResponseSchema } from "./models.js";

/**
 * Parsed events of the Gemini API -> validated responses. The stream has no end marker of its own: it is complete when the body ends after a finish reason, which
 * older models repeat on every chunk. Documents are read, too: a whole answer, the JSON array that the API streams without `alt=sse`, and errors, which come as
 * `{"error": ...}` or as an array of such.
 */
export class ResponseSink implements JsonEventSink {
  readonly hasEnded = false;
  readonly #interpreter: ResponseInterpreter;
  readonly #failure: () => FailureContext;

  constructor(interpreter: ResponseInterpreter, failure: () => FailureContext) {
    this.#interpreter = interpreter;
    this.#failure = failure;
  }

  get hasFinishReason(): boolean {
    return this.#interpreter.hasFinishReason;
  }

  get mayGoOn(): boolean {
    return this.#interpreter.mayGoOn;
  }

  get soFar(): SoFar {
    return this.#interpreter.soFar;
  }

  onJson(value: Json, name: string | undefined, text: string): boolean {
    if (name === "error") throw failureInStream(value, this.#failure());
    if (isUsualChunk(value)) {
      // It holds no calls, so nobody asks for its source.
      this.#interpreter.accept(value, SourceText.none);
      return true;
    }
    return this.#each(value, text, (item, source) => this.#take(item, source, text));
  }

  onDocument(value: Json, text: string): void {
    if (Array.isArray(value) && value.length === 0)
      throw truncated("The server ended its answer before it said anything.", this.#failure());
    this.#each(value, text, (item, source) => {
      if (!holdsError(item) && !isAnswer(item)) {
        if (tellsOfError(item)) throw failureInStream(item, this.#failure());
        throw malformed("The answer is no generated content", text, false, this.#failure());
      }
      return this.#take(item, source, text);
    });
  }

  finish(): void {
    this.#interpreter.finish();
  }

  /** Takes a response, or each of an array of them. Returns whether one of them brings anything. */
  #each(value: Json, text: string, take: (item: Json, source: SourceText) => boolean): boolean {
    const source = SourceText.of(text);
    if (!isJsonList(value)) return take(value, source);
    let brings = false;
    for (const [index, item] of value.entries()) brings = take(item, source.item(index)) || brings;
    return brings;
  }

  #take(value: Json, source: SourceText, text: string): boolean {
    // JSON that is no object is no part of the answer.
    if (!isJsonObject(value)) return false;
    const response = generateContentResponseSchema.safeParse(value);
    const brings = bringing.some((key) => isTold(value[key]));
    // A response that reports a failure may hold the usage as well.
    if (response.success && brings) this.#interpreter.accept(response.data, source);
    if (holdsError(value)) throw failureInStream(value, this.#failure());
    if (response.success) return brings;
    throw malformed(`The answer has the wrong shape${placeOfIssue(response.error)}`, text, false, this.#failure());
  }
}

const bringing = ["candidates", "promptFeedback", "usageMetadata"];

function holdsError(value: Json): value is JsonObject {
  return isJsonObject(value) && isTold(value["error"]);
}

/** An answer whose candidates are missing is one all the same: it was cut before it began. */
function isAnswer(value: Json): boolean {
  return isJsonObject(value) && [...bringing, "modelVersion", "responseId"].some((key) => isTold(value[key]));
}
