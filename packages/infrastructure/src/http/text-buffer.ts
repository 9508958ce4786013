/** How many pieces are held one by one. */
const width = 1_024;

/**
 * Collects a text that comes in very many small pieces. Adding to a string makes a chain as long as the number of pieces, which costs memory and makes the
 * garbage collector's work longer with every piece; joining now and then keeps both small.
 */
export class TextBuffer {
  readonly #joined: string[] = [];
  /** Grows with the first pieces and is written over from then on: a new one for each join would cost more than the joining. */
  readonly #pieces: string[] = [];
  #count = 0;

  append(piece: string): void {
    this.#pieces[this.#count++] = piece;
    if (this.#count < width) return;
    this.#joined.push(this.#pieces.join(""));
    this.#count = 0;
  }

  get isEmpty(): boolean {
    return this.#count === 0 && this.#joined.length === 0;
  }

  toString(): string {
    return this.#joined.join("") + this.#pieces.slice(0, this.#count).join("");
  }
}
