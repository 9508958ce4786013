import { type Redact, redactNothing } from "./redaction.js";

/**
 * A server's text as one line that is safe to show: no control characters, no terminal escape sequences, no characters that reorder text; white space
 * collapsed, secrets redacted, and cut to `maxLength` UTF-16 units with an ellipsis.
 */
export function printable(text: string, maxLength: number, redact: Redact = redactNothing): string {
  // Redacted before and after cleaning, as either may make a secret whole; and before the cut, which would leave half of one.
  const clean = redact(text.slice(0, longestRead))
    .replaceAll(escapeSequences, "")
    .replaceAll(invisible, "")
    .replaceAll(/[\p{Cc}\s]+/gu, " ");
  return cut(
    redact(clean)
      .replaceAll(/\p{Cs}/gu, "\uFFFD")
      .trim(),
    maxLength,
  );
}

/** What is longer is a document, not a message; reading all of it would only cost time. */
const longestRead = 32_768;

const escape = "[\\u001B\\u009B]";
/** ECMA-48: control sequences (colours, cursor), strings such as OSC 8 and OSC 52 up to BEL or ST, and two-character escapes. */
const escapeSequences = new RegExp(
  `\\u001B[\\]PX^_][^\\u0007\\u001B\\u009C]*(?:\\u0007|\\u001B\\\\|\\u009C)?|(?:\\u001B\\[|\\u009B)[0-?]*[ -/]*[@-~]?|${escape}[ -/]*[0-~]?`,
  "g",
);
/** Bidirectional controls, zero-width characters and byte order marks (Trojan Source, https://trojansource.codes). */
const invisible = /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;

function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const kept = text.slice(0, Math.max(0, maxLength - 1));
  return `${kept.replace(/[\uD800-\uDBFF]$/, "").trimEnd()}…`;
}
