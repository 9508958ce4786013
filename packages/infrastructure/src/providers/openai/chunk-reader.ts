import type { Json, JsonObject } from "@chatport/domain";
import { malformed } from "../../http/answer-failure.js";
import type { SoFar } from "../../http/answer-reader.js";
import { type FailureContext, failureInStream } from "../../http/failure.js";
import type { JsonEventSink } from "../../http/json-sink.js";
import { isTold, tellsOfError } from "../../http/error-document.js";
import { isJsonObject } from "../../http/json.js";
import { placeOfIssue } from "../../http/wire-shape.js";
import { isUsualChunk, type UsualChunk } from "./chunk-guard.js";
import { type ChatCompletionChunk, chatCompletionChunkSchema } from "./models.js";

/** What reads the chunks of an answer. */
export interface ChunkSink {
  /** `whole`: it is a whole answer, which came in place of a stream. */
  accept(chunk: ChatCompletionChunk, whole: boolean): void;
  /** The same for a chunk of the usual kind, which nearly all are. */
  acceptUsual(chunk: UsualChunk): void;
  /** The answer is complete. */
  finish(): void;
  /** Whether the server has said why the answer ended. */
  readonly hasFinishReason: boolean;
  /** Whether more of the answer may follow that. */
  readonly mayGoOn: boolean;
  readonly soFar: SoFar;
}

/** Parsed events of the Chat Completions API -> validated chunks. Data that starts with `[DONE]` ends the stream. */
export class ChunkReader implements JsonEventSink {
  readonly #sink: ChunkSink;
  readonly #failure: () => FailureContext;
  #hasEnded = false;

  constructor(sink: ChunkSink, failure: () => FailureContext) {
    this.#sink = sink;
    this.#failure = failure;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get hasFinishReason(): boolean {
    return this.#sink.hasFinishReason;
  }

  get mayGoOn(): boolean {
    return this.#sink.mayGoOn;
  }

  get soFar(): SoFar {
    return this.#sink.soFar;
  }

  onJson(value: Json, name: string | undefined, text: string): boolean {
    if (name === "error") throw failureInStream(value, this.#failure());
    if (isUsualChunk(value)) {
      this.#sink.acceptUsual(value);
      return true;
    }
    if (value === "[DONE]") return this.onMarker(value);
    // JSON that is no object is no part of the answer.
    return isJsonObject(value) && this.#validate(value, text, false);
  }

  onMarker(data: string): boolean {
    this.#hasEnded = data.trimStart().startsWith("[DONE]");
    return this.#hasEnded;
  }

  /** A whole answer is accepted, an error is thrown, anything else is no answer. */
  onDocument(value: Json, text: string): void {
    if (holdsError(value)) throw failureInStream(value, this.#failure());
    if (isAnswer(value)) return void this.#validate(value, text, true);
    if (tellsOfError(value)) throw failureInStream(value, this.#failure());
    throw malformed("The answer is no chat completion", text, false, this.#failure());
  }

  finish(): void {
    this.#sink.finish();
  }

  /** Returns whether the chunk brings anything. */
  #validate(value: JsonObject, text: string, whole: boolean): boolean {
    const chunk = chatCompletionChunkSchema.safeParse(value);
    if (chunk.success && isTextCompletion(chunk.data)) {
      throw malformed("The server answered with a text completion in place of a chat completion", text, false, this.#failure());
    }
    // A chunk that reports a failure may hold the usage as well.
    if (chunk.success) this.#sink.accept(chunk.data, whole);
    if (holdsError(value)) throw failureInStream(value, this.#failure());
    if (chunk.success) return isTold(value["choices"]) || isTold(value["usage"]);
    throw malformed(`An event of the stream has the wrong shape${placeOfIssue(chunk.error)}`, text, false, this.#failure());
  }
}

/** Whether a parsed event reports a failure: an `error`, or vLLM's flat form. */
function holdsError(value: unknown): boolean {
  if (!isJsonObject(value)) return false;
  if (isTold(value["error"]) || value["object"] === "error") return true;
  const choices: unknown = value["choices"];
  return Array.isArray(choices) && isJsonObject(choices[0]) && isTold(choices[0]["error"]);
}

/** Whether an event is one of the older Completions API: read as a chat completion, it would pass for an empty success. */
function isTextCompletion({ choices }: ChatCompletionChunk): boolean {
  return choices?.some(({ delta, message, ["text"]: text }) => typeof text === "string" && !delta && !message) === true;
}

/** A choice without a message is an answer only if the server says why it ended: all its tokens may have gone into thinking. */
function isAnswer(value: Json): value is JsonObject {
  if (!isJsonObject(value) || !Array.isArray(value["choices"])) return false;
  const first: unknown = value["choices"][0];
  return isJsonObject(first) && ["message", "delta", "finish_reason", "text"].some((key) => isTold(first[key]));
}
