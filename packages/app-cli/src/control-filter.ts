/**
 * Removes from a model's text what a terminal would obey instead of show: escape sequences (CSI, OSC with its clipboard access, DCS and the like), control
 * characters except newline and tab, and bidirectional overrides, which make text read as something else (CVE-2021-42574).
 *
 * The text may arrive in any pieces: what is kept depends on the text alone. Sequences are recognised as in ECMA-48 and xterm, in their 7-bit and 8-bit
 * forms. One that never ends hides nothing beyond its line.
 */
export class ControlFilter {
  #state: State = "text";

  /** What is safe to show of the next piece; possibly nothing. */
  push(piece: string): string {
    if (this.#state === "text" && !mayMatter.test(piece)) return piece;
    let shown = "";
    // Everything that matters is one UTF-16 unit long, so halves of a surrogate pair may pass one by one.
    for (let index = 0; index < piece.length; index++) if (this.#shows(piece.charCodeAt(index))) shown += piece[index];
    return shown;
  }

  #shows(unit: number): boolean {
    switch (this.#state) {
      case "text":
        return this.#begin(unit);
      case "escape":
        if (isIntermediate(unit)) return this.#enter("escape-intermediate");
        return this.#enterOr(afterEscape.get(unit) ?? (isFinal(unit, 0x30) ? "text" : undefined), unit);
      case "escape-intermediate":
        if (isIntermediate(unit)) return false;
        return this.#enterOr(isFinal(unit, 0x30) ? "text" : undefined, unit);
      case "control-sequence":
        if (unit >= 0x20 && unit <= 0x3f) return false;
        return this.#enterOr(isFinal(unit, 0x40) ? "text" : undefined, unit);
      case "string":
        if (unit === newline) return this.#begin(unit);
        if (unit === escape) return this.#enter("string-escape");
        return stringEnds.has(unit) ? this.#enter("text") : false;
      case "string-escape":
        if (unit === backslash) return this.#enter("text");
        this.#state = "escape";
        return this.#shows(unit);
    }
  }

  /** Takes a unit that stands outside of any sequence, or that broke one off. */
  #begin(unit: number): boolean {
    this.#state = openers.get(unit) ?? "text";
    return this.#state === "text" && isShown(unit);
  }

  #enter(state: State): false {
    this.#state = state;
    return false;
  }

  #enterOr(state: State | undefined, unit: number): boolean {
    return state === undefined ? this.#begin(unit) : this.#enter(state);
  }
}

/** One line of safe text, for a message whose words come from a server: control characters gone, line breaks turned into spaces. */
export function singleLine(text: string): string {
  return new ControlFilter().push(text).replaceAll(/\s+/g, " ").trim();
}

type State = "text" | "escape" | "escape-intermediate" | "control-sequence" | "string" | "string-escape";

const newline = 0x0a;
const escape = 0x1b;
const backslash = 0x5c;

/** The 8-bit forms of what ESC [ and ESC ] P X ^ _ open, and ESC itself. */
const openers: ReadonlyMap<number, State> = new Map([
  [escape, "escape"],
  [0x9b, "control-sequence"],
  ...[0x90, 0x98, 0x9d, 0x9e, 0x9f].map((unit) => [unit, "string"] as const),
]);

const afterEscape: ReadonlyMap<number, State> = new Map([
  [0x5b, "control-sequence"],
  ...Array.from("]PX^_", (character) => [character.charCodeAt(0), "string"] as const),
]);

/** BEL and the 8-bit string terminator; CAN and SUB break a sequence off. */
const stringEnds: ReadonlySet<number> = new Set([0x07, 0x9c, 0x18, 0x1a]);

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const mayMatter = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

function isShown(unit: number): boolean {
  return !mayMatter.test(String.fromCharCode(unit));
}

function isIntermediate(unit: number): boolean {
  return unit >= 0x20 && unit <= 0x2f;
}

function isFinal(unit: number, first: number): boolean {
  return unit >= first && unit <= 0x7e;
}
