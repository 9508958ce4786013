/**
 * Holds back the unfinished last line of a text that comes in pieces, so that what follows sees whole lines wherever the pieces were cut. Linear in the
 * length of the text: a line that comes in many pieces is joined once.
 */
export class LineBuffer {
  readonly #maxChars: number;
  readonly #onLines: (lines: string) => void;
  readonly #onTooLong: () => never;
  #held: string[] = [];
  #heldChars = 0;

  /** `onLines` gets whole lines, terminators (LF, CR or CRLF) included; a CRLF may be parted between two calls. */
  constructor(maxChars: number, onLines: (lines: string) => void, onTooLong: () => never) {
    this.#maxChars = maxChars;
    this.#onLines = onLines;
    this.#onTooLong = onTooLong;
  }

  take(piece: string): void {
    const end = lastLineEnd(piece);
    if (end === 0) return this.#hold(piece);
    if (piece.length > this.#maxChars) this.#checkLines(piece);
    let start = 0;
    if (this.#heldChars > 0) {
      // Only the first line is joined with what is held: joining the whole piece would copy it. Its terminator does not count as one of its characters.
      start = firstLineEnd(piece);
      this.#hold(piece.slice(0, start - 1));
      const line = this.#held.join("") + piece.charAt(start - 1);
      this.#held = [];
      this.#heldChars = 0;
      this.#onLines(line);
    }
    if (start < end) this.#onLines(start === 0 && end === piece.length ? piece : piece.slice(start, end));
    if (end < piece.length) this.#hold(piece.slice(end));
  }

  /** What is held back, when the text has ended. */
  rest(): string {
    return this.#held.join("");
  }

  #hold(text: string): void {
    this.#held.push(text);
    this.#heldChars += text.length;
    if (this.#heldChars > this.#maxChars) this.#onTooLong();
  }

  #checkLines(text: string): void {
    let start = 0;
    for (const { index } of text.matchAll(/[\r\n]/g)) {
      if (index - start > this.#maxChars) this.#onTooLong();
      start = index + 1;
    }
  }
}

/** The index behind the last terminator, or 0. Looks from the end, where it is never far in a stream of short lines. */
function lastLineEnd(text: string): number {
  for (let index = text.length - 1; index >= 0; index--) if (isLineEnd(text.charCodeAt(index))) return index + 1;
  return 0;
}

function firstLineEnd(text: string): number {
  let index = 0;
  while (!isLineEnd(text.charCodeAt(index))) index++;
  return index + 1;
}

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13;
}
