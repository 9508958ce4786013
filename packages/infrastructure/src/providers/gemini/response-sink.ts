import type { Json, JsonObject } from "@chatport/domain";
import { malformed, truncated } from "../../http/answer-failure.js";
import type { SoFar } from "../../http/answer-reader.js";
import { isTold, tellsOfError } from "../../http/error-document.js";
import { type FailureContext, failureInStream } from "../../http/failure.js";
import { isJsonObject } from "../../http/json.js";
import { jsonItemSources, jsonSource } from "../../http/json-source.js";
import type { JsonEventSink } from "../../http/json-event-stream.js";
import { isUsualChunk } from "./chunk-guard.js";
import type { ResponseInterpreter, SourceAt } from "./gemini-response.js";
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

  get soFar(): SoFar {
    return this.#interpreter.soFar;
  }

  onJson(value: Json, name: string | undefined, text: string): boolean {
    if (name === "error") throw failureInStream(value, this.#failure());
    if (isUsualChunk(value)) {
      this.#interpreter.accept(value, noSource);
      return true;
    }
    return this.#each(value, text, (item, sourceAt) => this.#take(item, sourceAt, text));
  }

  onDocument(value: Json, text: string): void {
    if (Array.isArray(value) && value.length === 0)
      throw truncated("The server ended its answer before it said anything.", this.#failure());
    this.#each(value, text, (item, sourceAt) => {
      if (!holdsError(item) && !isAnswer(item)) {
        if (tellsOfError(item)) throw failureInStream(item, this.#failure());
        throw malformed("The answer is no generated content", text, false, this.#failure());
      }
      return this.#take(item, sourceAt, text);
    });
  }

  finish(): void {
    this.#interpreter.finish();
  }

  /** Takes a response, or each of an array of them. Returns whether one of them brings anything. */
  #each(value: Json, text: string, take: (item: Json, sourceAt: SourceAt) => boolean): boolean {
    if (!isList(value)) return take(value, (path) => sourceOf(text, path));
    return value.map((item, index) => take(item, (path) => sourceOf(text, [index, ...path]))).includes(true);
  }

  #take(value: Json, sourceAt: SourceAt, text: string): boolean {
    // JSON that is no object is no part of the answer.
    if (!isJsonObject(value)) return false;
    const response = generateContentResponseSchema.safeParse(value);
    const brings = bringing.some((key) => isTold(value[key]));
    // A response that reports a failure may hold the usage as well.
    if (response.success && brings) this.#interpreter.accept(response.data, sourceAt);
    if (holdsError(value)) throw failureInStream(value, this.#failure());
    if (response.success) return brings;
    const [issue] = response.error.issues;
    const where = issue === undefined ? "" : ` (${issue.path.join(".")}: ${issue.message})`;
    throw malformed(`The answer has the wrong shape${where}`, text, false, this.#failure());
  }
}

const bringing = ["candidates", "promptFeedback", "usageMetadata"];

/** A usual chunk holds no calls, so nobody asks. */
const noSource: SourceAt = () => undefined;

/** The source text of the value at a path of names and positions. */
function sourceOf(text: string, path: readonly (string | number)[]): string | undefined {
  let source: string | undefined = text;
  for (const step of path) {
    if (source === undefined) return undefined;
    source = typeof step === "number" ? jsonItemSources(source)[step] : jsonSource(source, [step]);
  }
  return source;
}

function holdsError(value: Json): value is JsonObject {
  return isJsonObject(value) && isTold(value["error"]);
}

/** An answer whose candidates are missing is one all the same: it was cut before it began. */
function isAnswer(value: Json): boolean {
  return isJsonObject(value) && [...bringing, "modelVersion", "responseId"].some((key) => isTold(value[key]));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
