/**
 * Keeps the halves of a character together: a server may cut its text between two UTF-16 units, and a lone half would be written out as U+FFFD.
 */
export class WholeCharacters {
  #held = "";

  /** The text up to and including its last whole character; a trailing half waits for the next piece. */
  push(piece: string): string {
    const text = this.#held + piece;
    const cut = endsWithHighSurrogate(text) ? text.length - 1 : text.length;
    this.#held = text.slice(cut);
    return text.slice(0, cut);
  }

  /** A half that nothing followed. */
  end(): string {
    const held = this.#held;
    this.#held = "";
    return held;
  }
}

function endsWithHighSurrogate(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff;
}
