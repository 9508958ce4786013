import type { Json } from "@chatport/domain";
import { malformed } from "../../http/answer-failure.js";
import type { SoFar } from "../../http/answer-reader.js";
import { type FailureContext, failureInStream } from "../../http/failure.js";
import type { JsonEventSink } from "../../http/json-event-stream.js";
import { isJsonObject, parseJson } from "../../http/json.js";
import { isUsualChunk } from "./chunk-guard.js";
import { type ChatCompletionChunk, chatCompletionChunkSchema } from "./models.js";

/** What reads the chunks of an answer. */
export interface ChunkSink {
  /** `whole`: it is a whole answer, which came in place of a stream. */
  accept(chunk: ChatCompletionChunk, whole: boolean): void;
  /** The answer is complete. */
  finish(): void;
  /** Whether the server has said why the answer ended. */
  readonly hasFinishReason: boolean;
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

  get soFar(): SoFar {
    return this.#sink.soFar;
  }

  onJson(value: Json, name: string | undefined, text: string): void {
    if (name === "error") throw failureInStream(value, this.#failure());
    if (isUsualChunk(value)) this.#sink.accept(value, false);
    else this.#validate(value, text, false);
  }

  onMarker(data: string): boolean {
    this.#hasEnded = data.trimStart().startsWith("[DONE]");
    return this.#hasEnded;
  }

  /** A whole answer is accepted, an error is thrown, anything else is no answer. */
  onDocument(value: Json, text: string): void {
    if (!isAnswer(value)) throw failureInStream(value, this.#failure());
    this.#validate(value, text, true);
  }

  /** llama-box reports failures as a field named "error"; gateways put their error's JSON bare into a stream that has begun. */
  onUnknownField(field: string, value: string, line: string): void {
    if (field === "error") throw failureInStream(parseJson(value) ?? value, this.#failure());
    const bare = parseJson(line);
    if (holdsError(bare)) throw failureInStream(bare, this.#failure());
  }

  finish(): void {
    this.#sink.finish();
  }

  #validate(value: Json, text: string, whole: boolean): void {
    const chunk = chatCompletionChunkSchema.safeParse(value);
    if (chunk.success && isTextCompletion(chunk.data)) {
      throw malformed("The server answered with a text completion in place of a chat completion", text, false, this.#failure());
    }
    // A chunk that reports a failure may hold the usage as well.
    if (chunk.success) this.#sink.accept(chunk.data, whole);
    if (holdsError(value)) throw failureInStream(value, this.#failure());
    if (chunk.success) return;
    const [issue] = chunk.error.issues;
    const where = issue === undefined ? "" : ` (${issue.path.join(".")}: ${issue.message})`;
    throw malformed(`An event of the stream has the wrong shape${where}`, text, false, this.#failure());
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

function isAnswer(value: Json): boolean {
  return isJsonObject(value) && !holdsError(value) && Array.isArray(value["choices"]) && value["choices"].length > 0;
}

function isTold(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && value !== false;
}
