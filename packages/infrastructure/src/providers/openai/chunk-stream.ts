import type { ChatException } from "@chatport/domain";
import { malformed, truncated } from "../../http/answer-failure.js";
import { type EventStreamHandler, EventStreamReader } from "../../http/event-stream.js";
import { type FailureContext, failureInStream } from "../../http/failure.js";
import { isJsonObject, parseJson } from "../../http/json.js";
import { bodyLimit, type Limits } from "../../http/limits.js";
import type { BodyInterpreter } from "../../http/response-stream.js";
import { isUsualChunk } from "./chunk-guard.js";
import { type ChatCompletionChunk, chatCompletionChunkSchema } from "./models.js";

/** What reads the chunks of a stream. */
export interface ChunkSink {
  /** `whole`: it is a whole answer, which came in place of a stream. */
  accept(chunk: ChatCompletionChunk, whole: boolean): void;
  /** The answer is complete. */
  finish(): void;
  /** Whether the server has said why the answer ended. */
  readonly hasFinishReason: boolean;
}

/** Once the server has said why the answer ended, only usage and `[DONE]` can follow: a server that leaves them out is not waited for much longer. */
const patienceAfterFinishMs = 10_000;

/**
 * Body bytes -> events of the stream -> JSON -> validated chunks. Judges whether the stream is whole: it is when a finish reason or `[DONE]` was seen. Data
 * that starts with `[DONE]` ends the stream; empty data is skipped.
 */
export class ChunkStream implements BodyInterpreter, EventStreamHandler {
  readonly #reader: EventStreamReader;
  readonly #sink: ChunkSink;
  readonly #failure: () => FailureContext;
  #finished = false;
  #eventCount = 0;

  /** `failure` gives the context of an exception at the moment when it is thrown, with what had arrived by then. */
  constructor(response: Response, limits: Limits, sink: ChunkSink, failure: () => FailureContext) {
    this.#reader = new EventStreamReader(limits, bodyLimit(limits, response.headers), this);
    this.#sink = sink;
    this.#failure = failure;
  }

  get finished(): boolean {
    return this.#finished;
  }

  get eventCount(): number {
    return this.#eventCount;
  }

  get patienceMs(): number | undefined {
    return this.#sink.hasFinishReason ? patienceAfterFinishMs : undefined;
  }

  feed(bytes: Uint8Array): void {
    this.#reader.feed(bytes);
  }

  end(): void {
    this.#reader.end();
    if (this.#finished) return;
    if (!this.#sink.hasFinishReason) throw this.#endedEarly();
    this.#finish();
  }

  onEvent(data: string, event: string | undefined): void {
    // What follows the end marker does not count.
    if (this.#finished) return;
    this.#eventCount++;
    // Nearly all events are chunks: they are asked for first.
    if (data.charCodeAt(0) === openingBrace && event === undefined) this.#accept(this.#parse(data), data, false);
    else if (data.startsWith("[DONE]")) this.#finish();
    else if (event === "error") throw failureInStream(parseJson(data) ?? data, this.#failure());
    else if (data.trim() !== "") this.#accept(this.#parse(data), data, false);
  }

  /** llama-box reports failures as a field named "error"; gateways put their error's JSON bare into a stream that has begun. */
  onUnknownField(field: string, value: string, line: string): void {
    if (this.#finished) return;
    if (field === "error") throw failureInStream(parseJson(value) ?? value, this.#failure());
    const bare = parseJson(line);
    if (holdsError(bare)) throw failureInStream(bare, this.#failure());
  }

  /** A document in place of the stream that was asked for: a whole answer is accepted, an error is thrown, anything else is no answer. */
  onDocument(text: string): void {
    const value = parseJson(text);
    if (value === undefined) throw malformed("The answer is neither an event stream nor JSON", text, true, this.#failure());
    if (!isAnswer(value)) throw failureInStream(value, this.#failure());
    this.#eventCount++;
    this.#accept(value, text, true);
    this.#finish();
  }

  onTooLarge(what: string): never {
    throw malformed(`The answer is too large: ${what}`, "", false, this.#failure());
  }

  #finish(): void {
    this.#sink.finish();
    this.#finished = true;
  }

  #parse(data: string): unknown {
    const value = parseJson(data);
    if (value === undefined) throw malformed("An event of the stream is not valid JSON", data, false, this.#failure());
    return value;
  }

  #accept(value: unknown, text: string, whole: boolean): void {
    if (isUsualChunk(value)) return this.#sink.accept(value, whole);
    const chunk = chatCompletionChunkSchema.safeParse(value);
    // A chunk that reports a failure may hold the usage as well.
    if (chunk.success && isTextCompletion(chunk.data)) {
      throw malformed("The server answered with a text completion in place of a chat completion", text, false, this.#failure());
    }
    if (chunk.success) this.#sink.accept(chunk.data, whole);
    if (holdsError(value)) throw failureInStream(value, this.#failure());
    if (chunk.success) return;
    const [issue] = chunk.error.issues;
    const where = issue === undefined ? "" : ` (${issue.path.join(".")}: ${issue.message})`;
    throw malformed(`An event of the stream has the wrong shape${where}`, text, false, this.#failure());
  }

  #endedEarly(): ChatException {
    const { excerpt } = this.#reader;
    const nothing = this.#eventCount === 0;
    // Comments and blank lines are what a stream without events consists of; anything else is no event stream.
    if (nothing && excerpt.replaceAll(/^:.*$/gmu, "").trim() !== "" && !/^(?:data|event|id|retry):/mu.test(excerpt)) {
      return malformed("The answer is no event stream", excerpt, true, this.#failure());
    }
    const message = nothing
      ? "The server ended its answer before it said anything."
      : "The answer was cut off: it ended without a finish reason.";
    return truncated(message, this.#failure());
  }
}

const openingBrace = 0x7b;

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

function isAnswer(value: unknown): boolean {
  return isJsonObject(value) && !holdsError(value) && Array.isArray(value["choices"]) && value["choices"].length > 0;
}

function isTold(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && value !== false;
}
