import { isChatExceptionCode } from "../../http/chat-exception-of.js";
import { parseJson } from "../../http/json.js";
import type { Redact } from "../../http/redaction.js";

/**
 * A tape's line as JSON, with secrets taken out of every text in it, one by one: what holds the texts together stays JSON, also where a key is a word or a number that a tape has
 * anyway ("event", "1234"). The pieces of a streamed text are left as they are: see `redactedMoments`. What a vendor may fill as it likes (metadata, the arguments of a call, its own parts) loses secrets in names and numbers, too.
 */
export function redactedJson(line: object, redact: Redact): string {
  return JSON.stringify(redactedValue(line, redact));
}

/** A JSON text, such as a call's arguments, without secrets: still JSON where it was. */
export function redactJsonText(text: string, redact: Redact): string {
  const value = parseJson(text);
  const clean = value === undefined ? text : JSON.stringify(redactedFreely(value, redact));
  // An untouched text stays as it was received, white space and all.
  return redact(value === undefined || clean === JSON.stringify(value) ? text : clean);
}

function redactedValue(value: unknown, redact: Redact, field = ""): unknown {
  if (typeof value === "string") return isOurWord(field, value) ? value : redact(value);
  if (Array.isArray(value)) return value.map((item: unknown) => redactedValue(item, redact, field));
  if (typeof value !== "object" || value === null) return value;
  const entries: [string, unknown][] = Object.entries(value);
  const isDelta = "type" in value && deltas.has(value.type);
  return Object.fromEntries(
    entries.map(([name, inner]) => {
      if (isDelta && (name === "text" || name === "json")) return [name, inner];
      return [name, free.has(name) ? redactedFreely(inner, redact) : redactedValue(inner, redact, name)];
    }),
  );
}

function redactedFreely(value: unknown, redact: Redact): unknown {
  if (typeof value === "string") return redact(value);
  if (typeof value === "number") return redact(String(value)) === String(value) ? value : redact(String(value));
  if (Array.isArray(value)) return value.map((item: unknown) => redactedFreely(item, redact));
  if (typeof value !== "object" || value === null) return value;
  const entries: [string, unknown][] = Object.entries(value);
  return Object.fromEntries(entries.map(([name, inner]) => [redact(name), redactedFreely(inner, redact)]));
}

/** Their pieces are judged together, before: a piece by itself may end like the beginning of a key that does not follow. */
const deltas: ReadonlySet<unknown> = new Set(["text-delta", "reasoning-delta", "refusal-delta", "tool-call-delta"]);

/** The fields whose content is a vendor's or a model's own. */
const free: ReadonlySet<string> = new Set(["providerMetadata", "data", "input"]);

/** What a replay has to find again, and no secret can be: the request's hash, and the words of the port itself. */
function isOurWord(field: string, value: string): boolean {
  switch (field) {
    case "request":
      return /^[0-9a-f]{64}$/.test(value);
    case "code":
      return isChatExceptionCode(value);
    case "type":
    case "finishReason":
    case "phase":
      return ourWords.has(value);
    default:
      return false;
  }
}

const ourWords: ReadonlySet<string> = new Set(
  [
    ["tape", "call", "event", "end", "failure", "left", "models"],
    [
      "message-start",
      "text-delta",
      "reasoning-delta",
      "refusal-delta",
      "tool-call-start",
      "tool-call-delta",
      "part-end",
      "usage",
      "message-end",
    ],
    ["text", "reasoning", "refusal", "tool-call", "invalid-tool-call", "provider"],
    ["stop", "length", "tool-calls", "content-filter", "pause", "other"],
    ["headers", "first-token", "idle", "total"],
  ].flat(),
);
