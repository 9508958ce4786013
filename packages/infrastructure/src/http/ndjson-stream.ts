import type { ChatException } from "@chatport/domain";
import { malformed, truncated } from "./answer-failure.js";
import { tellsOfError } from "./error-document.js";
import { type FailureContext, failureInStream } from "./failure.js";
import { looksLikeMarkup } from "./html-page.js";
import { parseJson } from "./json.js";
import type { JsonEventSink } from "./json-sink.js";
import { JsonSinkReader } from "./json-sink-reader.js";
import { bodyLimit, type Limits } from "./limits.js";

const openingBrace = 0x7b;
const excerptChars = 500;

/**
 * Body bytes -> lines of JSON (https://github.com/ndjson/ndjson-spec) -> a vendor's sink. A blank line is a sign of life. A whole document in place of the
 * lines, over several lines too, is handed to the sink as such; a page, or an error's document that breaks into the lines, is told in its own words.
 */
export class NdjsonStream extends JsonSinkReader {
  readonly #limits: Limits;
  readonly #maxBytes: number;
  readonly #decoder = new TextDecoder();
  /** The pieces of the unfinished last line. */
  #held: string[] = [];
  #heldChars = 0;
  /** What begins where a line is no JSON: a page, or JSON that is printed over several lines. */
  #document: string[] | undefined;
  #documentChars = 0;
  #totalBytes = 0;
  /** The start of the body while it has held no event, for the report that it held none. */
  #excerpt = "";

  constructor(response: Response, limits: Limits, sink: JsonEventSink, failure: () => FailureContext) {
    super(sink, failure);
    this.#limits = limits;
    this.#maxBytes = bodyLimit(limits, response.headers);
  }

  feed(bytes: Uint8Array): void {
    if (this.finished) return;
    this.#totalBytes += bytes.byteLength;
    if (this.#totalBytes > this.#maxBytes) this.tooLarge(`more than ${this.#maxBytes} bytes`);
    this.#take(this.#decoder.decode(bytes, { stream: true }));
  }

  end(): void {
    if (this.finished) return;
    this.#take(this.#decoder.decode());
    const rest = this.#held.join("");
    this.#held = [];
    if (rest !== "") this.#line(rest, true);
    if (this.finished) return;
    if (this.#document !== undefined) this.#conclude(this.#document.join("\n"));
    else if (this.sink.hasFinishReason) this.finish();
    else throw this.#endedEarly();
  }

  #take(text: string): void {
    let start = 0;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", start)) {
      const line = this.#heldChars === 0 ? text.slice(start, end) : this.#joined(text.slice(start, end));
      start = end + 1;
      this.#line(line, false);
      if (this.finished) return;
    }
    if (start < text.length) this.#hold(start === 0 ? text : text.slice(start));
  }

  #joined(last: string): string {
    this.#held.push(last);
    const line = this.#held.join("");
    this.#held = [];
    this.#heldChars = 0;
    return line;
  }

  #hold(piece: string): void {
    this.#held.push(piece);
    this.#heldChars += piece.length;
    this.#checkLine(this.#heldChars);
  }

  #line(line: string, isLast: boolean): void {
    this.#checkLine(line.length);
    if (this.eventCount === 0 && this.#excerpt.length < excerptChars) this.#excerpt += `${line}\n`.slice(0, excerptChars);
    if (this.#document !== undefined) return this.#addToDocument(this.#document, line);
    // The first character tells, nearly always.
    if (line.charCodeAt(0) !== openingBrace && line.trim() === "") return;
    const value = parseJson(line);
    if (value === undefined) return this.#onText(line, isLast);
    this.takeJson(value, undefined, line);
  }

  #onText(line: string, isLast: boolean): void {
    if (this.takeMarker(line)) return;
    const opens = looksLikeMarkup(line) || /^\s*[[{].*$/su.test(line);
    // JSON that is printed over several lines breaks its lines behind a bracket or a comma; any other broken line is one.
    if (opens && (isLast || looksLikeMarkup(line) || /[[{,]\s*$/u.test(line))) return this.#addToDocument((this.#document = []), line);
    const what = this.eventCount === 0 ? "The answer is no stream of JSON lines" : "A line of the stream is not valid JSON";
    throw malformed(what, line, this.eventCount === 0, this.failure());
  }

  #addToDocument(document: string[], line: string): void {
    document.push(line);
    this.#documentChars += line.length + 1;
    if (this.#documentChars > this.#limits.eventChars) this.tooLarge(`a document of more than ${this.#limits.eventChars} characters`);
  }

  /** The body ended with a text that is no line of JSON. */
  #conclude(text: string): void {
    const value = parseJson(text);
    const begun = this.eventCount > 0;
    if (value !== undefined && !begun) return this.takeDocument(value, text);
    if (value !== undefined && tellsOfError(value)) throw failureInStream(value, this.failure());
    if (looksLikeMarkup(text)) {
      throw malformed(begun ? "The answer broke off into a page" : "The answer is neither JSON lines nor JSON", text, true, this.failure());
    }
    if (value !== undefined) throw malformed("The answer broke off into another document", text, false, this.failure());
    throw truncated("The answer was cut off in the middle of a line.", this.failure());
  }

  #checkLine(chars: number): void {
    if (chars > this.#limits.lineChars) this.tooLarge(`a line of more than ${this.#limits.lineChars} characters`);
  }

  #endedEarly(): ChatException {
    if (this.eventCount > 0) return truncated("The answer was cut off: it ended without its end marker.", this.failure());
    if (this.#excerpt.trim() !== "")
      return malformed("The lines of the answer hold nothing of an answer", this.#excerpt, true, this.failure());
    return truncated("The server ended its answer before it said anything.", this.failure());
  }
}
