/** An HTTP status of a failure or a system's error name: it says what a text is about, whatever else was pasted with it. */
const errorCode = /\b(?:[45]\d\d|E[A-Z]{5,})\b/g;

/** The error codes in a text, as they are written: `401`, `ECONNREFUSED`. */
export function errorCodesIn(text: string): readonly string[] {
  return text.match(errorCode) ?? [];
}
