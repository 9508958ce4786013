import type { FailureContext } from "./failure-context.js";
import type { ServerError } from "./server-error.js";
import { printable } from "./printable.js";
import { statusText } from "./status-text.js";

/** An exception's message, at most 600 characters: the server's own words, then in parentheses what they leave out of status, code and request id. */
export function describe(error: ServerError, status: number | undefined, requestId: string | undefined): string {
  const words = headline(error, status);
  const additions = [
    ...(status === undefined || mentions(words, String(status)) ? [] : [`HTTP ${status}`]),
    ...codesOf(error)
      // A code that is a sentence (xAI) adds nothing to the sentence before it.
      .filter((code) => code !== String(status) && !mentions(words, code) && (error.message === "" || !code.includes(" ")))
      .slice(0, 1),
    ...(requestId === undefined || mentions(words, requestId) ? [] : [`request ${requestId}`]),
  ];
  if (additions.length === 0) return printable(words, longestMessage);
  const suffix = ` (${additions.join(", ")})`;
  return printable(words, longestMessage - suffix.length) + suffix;
}

/** A redirect's message: where it points to (the origin alone, as a path or a query may hold anything) and what to do. */
export function describeRedirect(status: number, location: string | null, context: FailureContext): string {
  const target = originOf(location, context.url);
  const where = target === undefined ? "elsewhere" : `to ${printable(target, longestOrigin, context.redact)}`;
  const http = status === 0 ? "" : ` (HTTP ${status})`;
  return `The server redirects ${where}${http}. Redirects are not followed, so that the key goes nowhere else: set baseUrl to the address that answers.`;
}

export const longestMessage = 600;
const longestOrigin = 200;

function headline(error: ServerError, status: number | undefined): string {
  const { message } = error;
  // "(request id: …)" alone is no message.
  const said = message.replaceAll(/\([^()]*\)/g, "").replaceAll(/[^\p{L}\p{N}]/gu, "");
  if (said.length > 1) return message;
  const name = status === undefined ? "The server reported an error" : [`HTTP ${status}`, statusText(status)].filter(Boolean).join(" ");
  return message === "" ? name : `${name}: ${message}`;
}

/** The codes that tell most come first; numbers of three digits are mostly the status over again. */
function codesOf(error: ServerError): readonly string[] {
  const codes = [error.code, error.type, ...error.words].filter((code) => code !== undefined);
  return codes.toSorted((one, other) => Number(/^\d{3}$/.test(one)) - Number(/^\d{3}$/.test(other)));
}

/** Whether a text has a word: "x" is not in "next". */
function mentions(text: string, word: string): boolean {
  return /^[\w-]+$/.test(word) ? text.split(/[^\w-]+/).includes(word) : text.includes(word);
}

function originOf(location: string | null, base: string | undefined): string | undefined {
  if (location === null || !URL.canParse(location, base)) return undefined;
  const url = new URL(location, base);
  return url.protocol === "https:" || url.protocol === "http:" ? url.origin : undefined;
}
