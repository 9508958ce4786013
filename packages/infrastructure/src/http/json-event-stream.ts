import { type ChatException, isChatException } from "@chatport/domain";
import { malformed, truncated } from "./answer-failure.js";
import type { Reading } from "./answer-reader.js";
import { readCutJson } from "./cut-json.js";
import { type EventStreamHandler, EventStreamReader } from "./event-stream.js";
import { type FailureContext, failureInStream } from "./failure.js";
import { parseJson } from "./json.js";
import type { JsonEventSink } from "./json-sink.js";
import { JsonSinkReader } from "./json-sink-reader.js";
import { bodyLimit, type Limits } from "./limits.js";
import { StrayLines } from "./stray-lines.js";

/** How server-sent events of JSON are read: by a sink that is made anew for each answer. */
export function interpretJsonEvents<Output>(
  createSink: (failure: () => FailureContext, emit: (output: Output) => void) => JsonEventSink,
): Reading<Output>["interpret"] {
  return (response, limits, failure, emit) => new JsonEventStream(response, limits, createSink(failure, emit), failure);
}

const space = 0x20;

/** Body bytes -> server-sent events -> JSON -> a vendor's sink. Judges whether the stream is whole, and whether it is a stream at all. */
export class JsonEventStream extends JsonSinkReader implements EventStreamHandler {
  readonly #reader: EventStreamReader;
  readonly #strayLines: StrayLines;

  constructor(response: Response, limits: Limits, sink: JsonEventSink, failure: () => FailureContext) {
    super(sink, failure);
    this.#reader = new EventStreamReader(limits, bodyLimit(limits, response.headers), this);
    this.#strayLines = new StrayLines(failure);
  }

  feed(bytes: Uint8Array): void {
    this.#reader.feed(bytes);
  }

  end(): void {
    this.#reader.end();
    if (this.finished) return;
    if (!this.sink.hasFinishReason) throw this.#endedEarly();
    this.finish();
  }

  onEvent(data: string, name: string | undefined): void {
    if (this.finished) return;
    // Servers keep connections alive with empty events, too. The first character tells, nearly always.
    if (!(data.charCodeAt(0) > space) && data.trim() === "") return;
    const value = parseJson(data);
    if (value === undefined) this.#onText(data, name);
    else this.takeJson(value, name, data);
  }

  onUnknownField(field: string, value: string, line: string): void {
    if (!this.finished) this.#strayLines.take(field, value, line, this.eventCount > 0);
  }

  onDocument(text: string): void {
    const value = parseJson(text);
    if (value === undefined) throw this.#noDocument(text);
    this.takeDocument(value, text);
  }

  onTooLarge(what: string): never {
    this.tooLarge(what);
  }

  #onText(data: string, name: string | undefined): void {
    if (this.takeMarker(data)) return;
    if (name === "error") throw failureInStream(data, this.failure());
    // A named event that is no JSON (`event: ping`, `data: ok`) is some gateway's own: no part of the answer. One that begins like JSON is a broken part of it.
    const isBroken = name === undefined || name === "message" || data.trimStart().startsWith("{");
    if (isBroken) throw malformed("An event of the stream is not valid JSON", data, false, this.failure());
  }

  /** A document that is cut is no other one: the same request may be answered whole. Of a list, which is a stream in another form, what had arrived counts. */
  #noDocument(text: string): unknown {
    const cut = readCutJson(text);
    if (cut === undefined) return malformed("The answer is neither an event stream nor JSON", text, true, this.failure());
    const items = cut.wholeItems === undefined ? undefined : parseJson(cut.wholeItems);
    try {
      if (items !== undefined && cut.wholeItems !== undefined) this.sink.onDocument(items, cut.wholeItems);
    } catch (error) {
      // The server's own error says more than that the rest of it is missing; that the beginning is no answer does not.
      if (!isChatException(error) || error.code !== "malformed") return error;
    }
    return truncated("The answer was cut off in the middle of its JSON.", this.failure());
  }

  #endedEarly(): ChatException {
    this.#strayLines.explain();
    const { excerpt } = this.#reader;
    const nothing = this.eventCount === 0;
    // Comments and blank lines are what a stream without events consists of; anything else is no event stream.
    if (nothing && excerpt.replaceAll(/^:.*$/gmu, "").trim() !== "" && !/^(?:data|event|id|retry):/mu.test(excerpt)) {
      return malformed("The answer is no event stream", excerpt, true, this.failure());
    }
    const message = nothing
      ? "The server ended its answer before it said anything."
      : "The answer was cut off: it ended without a finish reason.";
    return truncated(message, this.failure());
  }
}
