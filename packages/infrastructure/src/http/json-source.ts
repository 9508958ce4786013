/**
 * The text of one value inside of a JSON text, exactly as it stands there: for what has to be kept as it was received (tool arguments), where parsing would lose
 * blanks, the order of keys or the digits of a long number. Of equal keys the last counts, as for `JSON.parse`. Undefined where the path leads nowhere.
 *
 * @param text valid JSON
 * @param path the keys from the outside
 */
export function jsonSource(text: string, path: readonly string[]): string | undefined {
  let at: number | undefined = skipSpace(text, 0);
  for (const key of path) {
    at = memberStart(text, at, key);
    if (at === undefined) return undefined;
  }
  return text.slice(at, endOfValue(text, at));
}

/**
 * The texts of a JSON array's items; none for any other value.
 *
 * @param text valid JSON
 */
export function jsonItemSources(text: string): readonly string[] {
  const items: string[] = [];
  let at = skipSpace(text, 0);
  if (text[at] !== "[") return items;
  for (at = skipSpace(text, at + 1); at < text.length && text[at] !== "]"; at = nextItem(text, at)) {
    const end = endOfValue(text, at);
    items.push(text.slice(at, end));
    at = end;
  }
  return items;
}

/** Where the value of the last member with this key begins. */
function memberStart(text: string, object: number, key: string): number | undefined {
  if (text[object] !== "{") return undefined;
  let found: number | undefined;
  let at = skipSpace(text, object + 1);
  while (at < text.length && text[at] !== "}") {
    const keyEnd = endOfString(text, at);
    const value = skipSpace(text, skipSpace(text, keyEnd) + 1);
    if (JSON.parse(text.slice(at, keyEnd)) === key) found = value;
    at = nextItem(text, endOfValue(text, value));
  }
  return found;
}

/** From the end of a value to the next item, or to the bracket that closes the container. */
function nextItem(text: string, end: number): number {
  const at = skipSpace(text, end);
  return text[at] === "," ? skipSpace(text, at + 1) : at;
}

/** Not recursive: what `JSON.parse` can read may nest deeper than the stack. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  let at = start;
  do {
    const char = text[at];
    if (char === '"') at = endOfString(text, at);
    else if (char === "{" || char === "[") {
      depth++;
      at++;
    } else if (char === "}" || char === "]") {
      depth--;
      at++;
    } else if (depth > 0) at++;
    else at = endOfScalar(text, at);
  } while (depth > 0 && at < text.length);
  return at;
}

function endOfScalar(text: string, start: number): number {
  scalar.lastIndex = start;
  return scalar.test(text) ? scalar.lastIndex : text.length;
}

const scalar = /[^\s,\]}]+/gy;

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && spaces.has(text.charCodeAt(at))) at++;
  return at;
}

/** JSON's white space (RFC 8259, section 2). */
const spaces: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);
