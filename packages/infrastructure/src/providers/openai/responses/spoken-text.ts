import { TextBuffer } from "../../../http/text-buffer.js";

/**
 * One text that comes in pieces, whole when it is done, or both ways. What was said stays said, and the pieces make the text: of a final text that begins with
 * them, the rest is said; one that says otherwise is kept apart as {@link SpokenText.final}, for what was shown cannot be taken back. An empty final text says
 * nothing.
 */
export class SpokenText {
  readonly #say: (text: string) => void;
  readonly #said = new TextBuffer();
  #length = 0;
  #begun = "";
  #final: string | undefined;

  /** @param say says a piece that is not empty */
  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  /** The server's final text, where it is not what its pieces made. */
  get final(): string | undefined {
    return this.#final;
  }

  /** Whether any of it has been said. */
  get isBegun(): boolean {
    return !this.#said.isEmpty;
  }

  /** What the server began the text with. It is held until a piece shows whether the pieces go on from it, as they should, or say it again. */
  begin(text: string): void {
    if (!this.isBegun) this.#begun = text;
  }

  add(piece: string): void {
    if (piece === "") return;
    if (this.#begun !== "") this.#continue(piece);
    this.#said.append(piece);
    this.#length += piece.length;
    this.#say(piece);
  }

  /** Takes the final text. */
  settle(text: string): void {
    if (text === "") return;
    this.#begun = "";
    // The lengths first: what was said is put together only for a text that is at least as long.
    const continues = text.length >= this.#length && text.startsWith(this.#said.toString());
    this.#final = continues ? undefined : text;
    if (continues) this.add(text.slice(this.#length));
  }

  /** Nothing more comes: what the server began with counts, if nothing else did. */
  end(): void {
    this.settle(this.#begun);
  }

  #continue(piece: string): void {
    const begun = this.#begun;
    this.#begun = "";
    if (!begun.startsWith(piece)) this.add(begun);
  }
}
