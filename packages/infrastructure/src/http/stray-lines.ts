import { malformed } from "./answer-failure.js";
import { isTold, tellsOfError } from "./error-document.js";
import { type FailureContext, failureInStream } from "./failure.js";
import { looksLikeMarkup } from "./html-page.js";
import { isJsonObject, parseJson } from "./json.js";

/** A stream with more lines that are none of its format is no stream; the second number holds where it had events, too. */
const mostLines = { withoutEvents: 1_000, inAll: 100_000 };
const mostChars = 65_536;

/**
 * Lines of an event stream that the standard passes over, but in which servers and proxies report failures: a field named "error" (llama-box), and an error's
 * JSON or a page that breaks into a stream that has begun.
 */
export class StrayLines {
  readonly #failure: () => FailureContext;
  #count = 0;
  #document = "";

  constructor(failure: () => FailureContext) {
    this.#failure = failure;
  }

  /** @throws {ChatException} for a line that reports a failure, and for one too many. */
  take(field: string, value: string, line: string, hasEvents: boolean): void {
    if (field === "error") throw failureInStream(parseJson(value) ?? value, this.#failure());
    if (++this.#count > (hasEvents ? mostLines.inAll : mostLines.withoutEvents)) {
      throw malformed("The answer is no event stream", line, true, this.#failure());
    }
    if (this.#document === "" && !/^\s*[{<]/u.test(line)) return;
    if (this.#document === "") this.#readSingle(line);
    if (this.#document.length < mostChars) this.#document += `${line}\n`;
  }

  /** The stream ended too early. @throws {ChatException} when stray lines say why. */
  explain(): void {
    const value = parseJson(this.#document);
    if (value !== undefined && tellsOfError(value)) throw failureInStream(value, this.#failure());
    if (looksLikeMarkup(this.#document)) throw malformed("The answer broke off into a page", this.#document, true, this.#failure());
  }

  #readSingle(line: string): void {
    const value = parseJson(line);
    if (isJsonObject(value) && isTold(value["error"])) throw failureInStream(value, this.#failure());
  }
}
