/** How many pieces are held one by one. */
const width = 1_024;

/**
 * Collects a text that comes in very many small pieces. Adding to a string makes a chain as long as the number of pieces, which costs memory and makes the
 * garbage collector's work longer with every piece; joining now and then keeps both small.
 */
export class TextBuffer {
  readonly #joined: string[] = [];
  #pieces: string[] = [];

  append(piece: string): void {
    if (this.#pieces.push(piece) < width) return;
    this.#joined.push(this.#pieces.join(""));
    this.#pieces = [];
  }

  get isEmpty(): boolean {
    return this.#pieces.length === 0 && this.#joined.length === 0;
  }

  toString(): string {
    return this.#joined.join("") + this.#pieces.join("");
  }
}
