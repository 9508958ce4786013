import type { Secret } from "@chatport/domain";

/** Takes what must not be shown out of a text. */
export type Redact = (text: string) => string;

/** A {@link Redact} for calls that have no secret. */
export const redactNothing: Redact = (text) => text;

/**
 * Replaces every occurrence of each secret by `[redacted]`: as it is, URL-encoded, JSON- or HTML-escaped, in base64 (also inside a longer base64 text, as in
 * `Basic` credentials), and the start of a secret (8 characters or more) where the text was cut in the middle of it. What follows `Bearer ` and looks like a
 * token goes too, whoever's it is. Keys that the server has masked itself (`sk-ab***yz`) stay: they help and give nothing away.
 *
 * A secret shorter than 4 characters is replaced only where it stands as a word of its own, as it would tear other words apart. The cost is linear in the
 * text for each secret.
 */
export function createRedactor(secrets: readonly Secret[]): Redact {
  // Made at the first text: most calls fail never, and every provider has one.
  let sought: Sought | undefined;
  return (text) => {
    const { long, spellings, words } = (sought ??= soughtFor(secrets));
    const spans = [
      ...spellings.flatMap((spelling) => [...occurrences(text, spelling)]),
      ...long.flatMap((value) => cutAtEnd(text, value)),
      ...[bearerToken, ...words].flatMap((pattern) => [...matches(text, pattern)]),
    ];
    return spans.length === 0 ? text : replaceSpans(text, spans);
  };
}

/** What is looked for in every text. */
interface Sought {
  readonly long: readonly string[];
  readonly spellings: readonly string[];
  readonly words: readonly RegExp[];
}

function soughtFor(secrets: readonly Secret[]): Sought {
  const values = [...new Set(secrets.map((secret) => secret.reveal()).flatMap((value) => [value, value.trim()]))].filter(
    (value) => value !== "",
  );
  const long = values.filter((value) => value.length >= shortestSearchedAnywhere);
  const words = values.filter((value) => value.length < shortestSearchedAnywhere).map(wordPattern);
  return { long, spellings: [...new Set(long.flatMap(spellingsOf))], words };
}

const placeholder = "[redacted]";
const shortestSearchedAnywhere = 4;
const shortestCutStart = 8;
/** A digit is asked for, so that "Bearer authentication" and "Bearer YOUR_API_KEY" stay readable; a star or an ellipsis behind it shows a masked key. */
const bearerToken = /(?<=\bbearer\s)(?=[\w.~+/-]*\d)[\w.~+/-]{16,}=*(?![\w.~+/*•…-])/dgi;

type Span = readonly [start: number, end: number];

function spellingsOf(value: string): readonly string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const url = encodeUrl(value);
  return [
    value,
    json,
    JSON.stringify(json).slice(1, -1),
    json.replaceAll("/", "\\/"),
    json.replaceAll(/[^\u0020-\u007E]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
    url,
    url.replaceAll(/%../g, (octet) => octet.toLowerCase()),
    url.replaceAll("%20", "+"),
    value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;"),
    ...base64Of(value),
  ];
}

function encodeUrl(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    // A lone surrogate cannot be encoded; nothing can then have put the secret into a URL either.
    return value;
  }
}

/** Base64 depends on where the secret starts within a group of three bytes; the characters at both ends that also hold foreign bits are left out. */
function base64Of(value: string): readonly string[] {
  const bytes = new TextEncoder().encode(value);
  const found: string[] = [];
  for (const offset of [0, 1, 2]) {
    const binary = "\0".repeat(offset) + Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    const encoded = btoa(binary).replace(/=+$/, "");
    const first = Math.ceil((offset * 8) / 6);
    const whole = Math.floor(((offset + bytes.length) * 8) / 6);
    const inner = encoded.slice(first, whole);
    // Shorter pieces appear in innocent text by chance.
    if (inner.length >= 5) found.push(inner, inner.replaceAll("+", "-").replaceAll("/", "_"));
  }
  return found;
}

/** Where a spelling stands; occurrences that overlap make one span, so that a hostile text makes few of them. */
function* occurrences(text: string, needle: string): Generator<Span> {
  let span: Span | undefined;
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) {
    if (span !== undefined && at > span[1]) yield span;
    span = [span !== undefined && at <= span[1] ? span[0] : at, at + needle.length];
  }
  if (span !== undefined) yield span;
}

function cutAtEnd(text: string, value: string): readonly Span[] {
  for (let length = Math.min(value.length - 1, text.length); length >= shortestCutStart; length--) {
    if (text.endsWith(value.slice(0, length))) return [[text.length - length, text.length]];
  }
  return [];
}

function* matches(text: string, pattern: RegExp): Generator<Span> {
  for (const match of text.matchAll(pattern)) yield [match.index, match.index + match[0].length];
}

function wordPattern(value: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_])${value.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&")}(?![\\p{L}\\p{N}_])`, "gu");
}

function replaceSpans(text: string, spans: readonly Span[]): string {
  let result = "";
  let done = 0;
  for (const [start, end] of spans.toSorted((one, other) => one[0] - other[0] || other[1] - one[1])) {
    // Overlapping secrets become one gap: what sticks out of the first belongs to the second.
    if (start >= done) result += text.slice(done, start) + placeholder;
    done = Math.max(done, end);
  }
  return result + text.slice(done);
}
