import type { ChatException, Json } from "@chatport/domain";
import { malformed, truncated } from "./answer-failure.js";
import type { AnswerInterpreter, Reading, SoFar } from "./answer-reader.js";
import { type EventStreamHandler, EventStreamReader } from "./event-stream.js";
import { type FailureContext, failureInStream } from "./failure.js";
import { parseJson } from "./json.js";
import { bodyLimit, type Limits } from "./limits.js";
import { StrayLines } from "./stray-lines.js";

/** What a vendor makes of the events of its streams. What it throws ends the answer; `failure` gives the context of such an exception. */
export interface JsonEventSink {
  /**
   * Takes the parsed data of one event. `name` is undefined for the default type, "message"; `text` is the data as received. Returns false for an event that
   * brings nothing but a sign of life, which does not keep the answer alive.
   */
  onJson(value: Json, name: string | undefined, text: string): boolean;
  /** Takes data that is no JSON (`[DONE]`); returns whether it is known. Default: none is. */
  onMarker?(data: string): boolean;
  /** Takes a whole document, which came in place of the stream that was asked for, or by request. */
  onDocument(value: Json, text: string): void;
  /** The answer is complete: the end marker was read, or the body ended after the server had said why the answer ended. */
  finish(): void;
  /** The end marker was read: nothing that follows counts. */
  readonly hasEnded: boolean;
  /** The server has said why the answer ended, so that the body may end, too. */
  readonly hasFinishReason: boolean;
  /** What had arrived, for an exception. */
  readonly soFar: SoFar;
}

/** How server-sent events of JSON are read: by a sink that is made anew for each answer. */
export function interpretJsonEvents<Output>(
  createSink: (failure: () => FailureContext, emit: (output: Output) => void) => JsonEventSink,
): Reading<Output>["interpret"] {
  return (response, limits, failure, emit) => new JsonEventStream(response, limits, createSink(failure, emit), failure);
}

const space = 0x20;

/** Once the server has said why the answer ended, little can follow: a server that leaves its end marker out is not waited for much longer. */
const patienceAfterFinishMs = 10_000;

/** Body bytes -> server-sent events -> JSON -> a vendor's sink. Judges whether the stream is whole, and whether it is a stream at all. */
export class JsonEventStream implements AnswerInterpreter, EventStreamHandler {
  readonly #reader: EventStreamReader;
  readonly #sink: JsonEventSink;
  readonly #failure: () => FailureContext;
  readonly #strayLines: StrayLines;
  #finished = false;
  #eventCount = 0;

  constructor(response: Response, limits: Limits, sink: JsonEventSink, failure: () => FailureContext) {
    this.#reader = new EventStreamReader(limits, bodyLimit(limits, response.headers), this);
    this.#sink = sink;
    this.#failure = failure;
    this.#strayLines = new StrayLines(failure);
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

  get soFar(): SoFar {
    return this.#sink.soFar;
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

  onEvent(data: string, name: string | undefined): void {
    if (this.#finished) return;
    // Servers keep connections alive with empty events, too. The first character tells, nearly always.
    if (!(data.charCodeAt(0) > space) && data.trim() === "") return;
    const value = parseJson(data);
    if (value === undefined) this.#onText(data, name);
    else if (this.#sink.onJson(value, name, data)) this.#eventCount++;
    if (this.#sink.hasEnded) this.#finish();
  }

  onUnknownField(field: string, value: string, line: string): void {
    if (!this.#finished) this.#strayLines.take(field, value, line, this.#eventCount > 0);
  }

  onDocument(text: string): void {
    const value = parseJson(text);
    if (value === undefined) throw malformed("The answer is neither an event stream nor JSON", text, true, this.#failure());
    this.#eventCount++;
    this.#sink.onDocument(value, text);
    this.#finish();
  }

  onTooLarge(what: string): never {
    throw malformed(`The answer is too large: ${what}`, "", false, this.#failure());
  }

  #onText(data: string, name: string | undefined): void {
    if (this.#sink.onMarker?.(data) === true) return;
    if (name === "error") throw failureInStream(data, this.#failure());
    // A named event that is no JSON (`event: ping`, `data: ok`) is some gateway's own: no part of the answer. One that begins like JSON is a broken part of it.
    const isBroken = name === undefined || name === "message" || data.trimStart().startsWith("{");
    if (isBroken) throw malformed("An event of the stream is not valid JSON", data, false, this.#failure());
  }

  #finish(): void {
    this.#sink.finish();
    this.#finished = true;
  }

  #endedEarly(): ChatException {
    this.#strayLines.explain();
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
