import { parse } from "smol-toml";

/** The way to a value: names of tables and keys, and indices of arrays. */
export type KeyPath = readonly (string | number)[];

/**
 * The line (from 1) of each key of a TOML document, or of its nearest ancestor that has one; undefined for the document itself.
 *
 * smol-toml gives values and no positions. The text must be a document that it accepted: this reads just enough of the grammar (https://toml.io/en/v1.1.0) to
 * step over values, and leaves judging them, and reading escapes in keys, to the parser.
 */
export function tomlPositions(text: string): (path: KeyPath) => number | undefined {
  let offsets: ReadonlyMap<string, number> | undefined;
  let lineEnds: readonly number[] | undefined;
  return (path) => {
    // Scanned when first asked: most documents are right and nobody asks.
    offsets ??= new Scanner(text).scan();
    lineEnds ??= [...text.matchAll(/\n/gu)].map(({ index }) => index);
    for (let length = path.length; length > 0; length--) {
      const offset = offsets.get(JSON.stringify(path.slice(0, length)));
      if (offset !== undefined) return 1 + countBelow(offset, lineEnds);
    }
    return undefined;
  };
}

/** How many of these ascending numbers are below a limit. */
function countBelow(limit: number, ascending: readonly number[]): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((ascending[middle] ?? limit) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

const blank = /(?:[\s\uFEFF]|#[^\n]*)*/y;
const string = /"""(?:[^\\]|\\[^])*?"{3,5}|'''[^]*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/y;
const key = /(?:[^\s"'.=[\]{},#]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')(?:[ \t]*\.[ \t]*(?:[^\s"'.=[\]{},#]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'))*/y;
const scalar = /[^,\]}#\n]*/y;

class Scanner {
  readonly #text: string;
  readonly #offsets = new Map<string, number>();
  /** How many tables each array of tables has so far. */
  readonly #counts = new Map<string, number>();
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): ReadonlyMap<string, number> {
    let table: KeyPath = [];
    this.#take(blank);
    while (this.#offset < this.#text.length) {
      const before = this.#offset;
      table = this.#text[this.#offset] === "[" ? this.#header() : (this.#pair(table), table);
      this.#take(blank);
      // Not TOML after all: what has been found so far is still true.
      if (this.#offset === before) break;
    }
    return this.#offsets;
  }

  #header(): KeyPath {
    const start = this.#offset;
    const isArray = this.#text[start + 1] === "[";
    this.#offset += isArray ? 2 : 1;
    this.#take(blank);
    const names = this.#key();
    this.#take(blank);
    this.#offset += isArray ? 2 : 1;
    const path: (string | number)[] = [];
    for (const [position, name] of names.entries()) {
      path.push(name);
      this.#found(path, start);
      const array = JSON.stringify(path);
      if (isArray && position === names.length - 1) this.#counts.set(array, (this.#counts.get(array) ?? 0) + 1);
      const count = this.#counts.get(array);
      if (count !== undefined) path.push(count - 1);
      this.#found(path, start);
    }
    return path;
  }

  #pair(table: KeyPath): void {
    const start = this.#offset;
    const path = [...table];
    for (const name of this.#key()) {
      path.push(name);
      this.#found(path, start);
    }
    this.#take(blank);
    this.#offset += 1; // =
    this.#take(blank);
    this.#value(path);
  }

  #value(path: KeyPath): void {
    const first = this.#text[this.#offset];
    if (first === "[") this.#items("]", (index) => this.#item([...path, index]));
    else if (first === "{") this.#items("}", () => this.#pair(path));
    else if (this.#take(string) === "") this.#take(scalar);
  }

  #item(path: KeyPath): void {
    this.#found(path, this.#offset);
    this.#value(path);
  }

  #items(end: string, item: (index: number) => void): void {
    this.#offset += 1;
    this.#take(blank);
    for (let index = 0; this.#offset < this.#text.length && this.#text[this.#offset] !== end; index++) {
      item(index);
      this.#take(blank);
      if (this.#text[this.#offset] === ",") this.#offset += 1;
      this.#take(blank);
    }
    this.#offset += 1;
  }

  #key(): readonly string[] {
    const written = this.#take(key);
    // Bare keys, as nearly all are, have no escapes to read.
    if (/^[\w-]+(?:\.[\w-]+)*$/u.test(written)) return written.split(".");
    const names: string[] = [];
    let table: unknown = parse(`${written} = 0`);
    while (typeof table === "object" && table !== null) {
      const [entry] = Object.entries(table);
      if (entry === undefined) break;
      names.push(entry[0]);
      table = entry[1];
    }
    return names;
  }

  #found(path: KeyPath, offset: number): void {
    const at = JSON.stringify(path);
    if (!this.#offsets.has(at)) this.#offsets.set(at, offset);
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#offset;
    const [taken = ""] = pattern.exec(this.#text) ?? [];
    this.#offset += taken.length;
    return taken;
  }
}
