import { createParser, type EventSourceParser } from "eventsource-parser";
import type { Limits } from "./limits.js";
import { LineBuffer } from "./line-buffer.js";

/** What the body of a response turned out to hold. */
export interface EventStreamHandler {
  /** One event of the stream, as the HTML standard dispatches it. `event` is undefined for the default type, "message". */
  onEvent(data: string, event: string | undefined): void;
  /**
   * A line with a field name that the standard does not know, such as `error: …` or bare JSON. The standard ignores it; some servers report failures so. `line`
   * is all of it.
   */
  onUnknownField?(field: string, value: string, line: string): void;
  /** The body is a document instead of a stream (JSON, HTML): all of it. */
  onDocument(text: string): void;
  /** The stream broke a limit. Throws. */
  onTooLarge(what: string): never;
}

/**
 * Reads a body that should be an event stream (HTML standard, 9.2.6): bytes in pieces of any size, events out. Judges by the body and not by its content
 * type, since some servers mislabel streams and some answer with a document although a stream was asked for.
 */
export class EventStreamReader {
  readonly #limits: Limits;
  readonly #maxBytes: number;
  readonly #handler: EventStreamHandler;
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  readonly #parser: EventSourceParser;
  readonly #lines: LineBuffer;
  #document: string[] | undefined;
  #documentChars = 0;
  #head: string | undefined = "";
  #totalBytes = 0;
  /** The start of the body while no event has been dispatched, for the report that it held none. */
  #excerpt = "";

  constructor(limits: Limits, maxBytes: number, handler: EventStreamHandler) {
    this.#limits = limits;
    this.#maxBytes = maxBytes;
    this.#handler = handler;
    this.#parser = createParser({
      maxBufferSize: limits.eventChars,
      onEvent: ({ data, event }) => {
        if (data.length > limits.eventChars) this.#tooLargeEvent();
        handler.onEvent(data, event);
      },
      onError: (error) => {
        if (error.type === "max-buffer-size-exceeded") this.#tooLargeEvent();
        else if (error.type === "unknown-field") handler.onUnknownField?.(error.field ?? "", error.value ?? "", error.line ?? "");
      },
    });
    this.#lines = new LineBuffer(
      limits.lineChars,
      (lines) => this.#parser.feed(lines),
      () => handler.onTooLarge(`a line of more than ${limits.lineChars} characters`),
    );
  }

  /** The first 500 characters of a body in which no event was found so far. */
  get excerpt(): string {
    return this.#excerpt;
  }

  feed(bytes: Uint8Array): void {
    this.#totalBytes += bytes.byteLength;
    if (this.#totalBytes > this.#maxBytes) this.#handler.onTooLarge(`more than ${this.#maxBytes} bytes`);
    this.#take(this.#decoder.decode(bytes, { stream: true }));
  }

  /** The body ended: a document is handed over; an event without its blank line is discarded, as the standard says. */
  end(): void {
    this.#take(this.#decoder.decode());
    if (this.#head !== undefined) this.#decide(this.#head, true);
    // A document may begin with a byte order mark, which JSON does not allow.
    if (this.#document !== undefined) return this.#handler.onDocument(this.#document.join("").replace(/^\uFEFF/u, ""));
    // An unfinished line dispatches nothing, but it may be one of those that report a failure.
    const rest = this.#lines.rest();
    if (rest !== "") this.#parser.feed(`${rest}\n`);
  }

  #take(text: string): void {
    if (this.#excerpt.length < 500) this.#excerpt = (this.#excerpt + text).slice(0, 500);
    if (this.#head !== undefined) this.#decide(this.#head + text, false);
    else this.#pass(text);
  }

  #pass(text: string): void {
    if (this.#document === undefined) return this.#lines.take(text);
    this.#document.push(text);
    this.#documentChars += text.length;
    if (this.#documentChars > this.#limits.eventChars) {
      this.#handler.onTooLarge(`a document of more than ${this.#limits.eventChars} characters`);
    }
  }

  /** A document starts with `{`, `[` or `<`; anything else is read as an event stream. */
  #decide(head: string, ended: boolean): void {
    const start = head.search(/\S/u);
    if (start === -1 && !ended && head.length < 65_536) {
      this.#head = head;
      return;
    }
    this.#head = undefined;
    if (start !== -1 && documentStart.has(head.charAt(start))) this.#document = [];
    this.#pass(head);
  }

  #tooLargeEvent(): never {
    return this.#handler.onTooLarge(`an event of more than ${this.#limits.eventChars} characters`);
  }
}

const documentStart: ReadonlySet<string> = new Set(["{", "[", "<"]);
