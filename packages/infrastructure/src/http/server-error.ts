import { type Clean, type Draft, factsOf, type Fields, isFields, longestWord, own, statusIn, textOf } from "./error-fields.js";
import { lineOfPage, looksLikeMarkup } from "./html-page.js";
import { printable } from "./printable.js";
import { type Redact, redactNothing } from "./redaction.js";

/** What a server said about a failure, whatever the shape it said it in. Every text is one printable line without secrets. */
export interface ServerError {
  /** The server's own words, at most 600 characters; empty when there are none. */
  readonly message: string;
  /** Its machine-readable code; a number as decimal text, unless Google's word stands beside it. */
  readonly code?: string;
  /** Its class of error, such as `invalid_request_error`. */
  readonly type?: string;
  /** More machine-readable words, from the most specific: Google's reasons and status, Azure's inner code, an upstream provider's code; then the quotas it is about. */
  readonly words: readonly string[];
  /** A plausible HTTP status (400 to 599) that the body names. */
  readonly status?: number;
  readonly requestId?: string;
  /** How long the body asks to wait, in milliseconds. */
  readonly retryAfterMs?: number;
}

/**
 * Reads any server's error: a body's text, or a value that was parsed already. Knows the shapes of OpenAI and its many compatible servers, Google, FastAPI,
 * RFC 9457 and HTML pages; anything else becomes its own first words. Never throws on JSON.
 */
export function readServerError(body: unknown, redact: Redact = redactNothing): ServerError {
  const clean = (text: string, maxLength: number): string => printable(text, maxLength, redact);
  const { message = "", ...facts } = read(body, clean, 0);
  const silent = message === "" && facts.code === undefined && facts.type === undefined;
  return { words: [], ...facts, message: clean(silent ? fallbackText(body) : message, silent ? longestPlainText : longestMessage) };
}

const longestMessage = 600;
const longestPlainText = 300;
const deepest = 6;
const mostItems = 3;

function read(value: unknown, clean: Clean, depth: number): Draft {
  if (depth > deepest) return {};
  if (typeof value === "string") return readText(value, clean, depth);
  if (typeof value === "number") return { code: String(value), ...statusIn({ status: value }) };
  if (Array.isArray(value)) return readList(value, clean, depth);
  return isFields(value) ? readFields(value, clean, depth) : {};
}

function readText(text: string, clean: Clean, depth: number): Draft {
  if (text.trim() === "null") return {};
  const parsed = parsedJson(text);
  if (parsed !== undefined) {
    const draft = read(parsed, clean, depth + 1);
    if (draft.message !== undefined || draft.code !== undefined || draft.type !== undefined) return draft;
  }
  if (parsed !== undefined && depth === 0) return {};
  const words = looksLikeMarkup(text) ? lineOfPage(text) : (messageInCutJson(text) ?? text);
  const message = clean(words, depth === 0 ? longestPlainText : longestMessage);
  return message === "" ? {} : { message };
}

function readList(items: readonly unknown[], clean: Clean, depth: number): Draft {
  const drafts = items.slice(0, mostItems).map((item) => read(item, clean, depth + 1));
  const messages = [...new Set(drafts.flatMap((draft) => draft.message ?? []))];
  const joined = drafts.reduceRight<Draft>((outer, inner) => merged(inner, outer), {});
  return messages.length === 0 ? joined : { ...joined, message: messages.join("; ") };
}

function readFields(fields: Fields, clean: Clean, depth: number): Draft {
  const inner = wrapped(fields).reduceRight<Draft>((outer, value) => merged(read(value, clean, depth + 1), outer), {});
  const outer = merged(factsOf(fields, clean), ownMessage(fields, clean, depth));
  const both = merged(inner, outer);
  const error = own(fields, "error");
  // `error` may be a mere name beside the words: {"error": "Not Found", "message": "No such route"}, {"error": "invalid_grant", "error_description": "…"}.
  if (typeof error === "string" && outer.message !== undefined && inner.message !== undefined && !inner.message.includes(outer.message)) {
    both.message = /\s/.test(error) ? `${inner.message}: ${outer.message}` : outer.message;
    if (!/\s/.test(error)) both.code ??= clean(error, longestWord);
  }
  const upstream = own(own(fields, "metadata"), "raw");
  return upstream === undefined
    ? both
    : withUpstream(both, read(upstream, clean, depth + 1), clean(textOf(own(own(fields, "metadata"), "provider_name")), longestWord));
}

/** Where servers put the error itself, from the most telling: under `error` mostly, in a gateway's envelope, or on the first choice (OpenRouter). */
function wrapped(fields: Fields): readonly unknown[] {
  const choices = own(fields, "choices");
  return [
    ...wrapperKeys.map((key) => own(fields, key)),
    own(own(fields, "response"), "error"),
    Array.isArray(choices) ? own(choices[0], "error") : undefined,
  ].filter((value) => value !== undefined && value !== null && typeof value !== "boolean");
}

function ownMessage(fields: Fields, clean: Clean, depth: number): Draft {
  for (const key of messageKeys) {
    const draft = read(own(fields, key), clean, depth + 1);
    if (draft.message === undefined) continue;
    const place = own(fields, "loc");
    if (Array.isArray(place)) return { message: `${clean(place.slice(0, deepest).map(textOf).join("."), longestWord)}: ${draft.message}` };
    const title = clean(textOf(own(fields, "title")), longestMessage);
    return draft.message.includes(title) ? draft : { ...draft, message: `${title}: ${draft.message}` };
  }
  return {};
}

/** OpenRouter hides the upstream's words behind "Provider returned error". */
function withUpstream(draft: Draft, upstream: Draft, name: string): Draft {
  const words = [...(draft.words ?? []), ...[upstream.code, upstream.type].flatMap((value) => value ?? []), ...(upstream.words ?? [])];
  const mere =
    draft.message === undefined || /^(?:upstream|provider) (?:returned |request )?(?:an )?(?:error|failed)\W*$/i.test(draft.message);
  if (!mere || upstream.message === undefined) return { ...draft, words };
  const said = name === "" ? upstream.message : `${name}: ${upstream.message}`;
  return { ...draft, words, message: draft.message === undefined ? said : `${draft.message.replace(/\W+$/, "")} (${said})` };
}

function merged(inner: Draft, outer: Draft): Draft {
  const words = [...(inner.words ?? []), ...(outer.words ?? [])];
  return { ...outer, ...inner, ...(words.length > 0 && { words }) };
}

function fallbackText(body: unknown): string {
  const json = typeof body === "string" ? body : jsonOf(body);
  // Brackets, names and nulls alone say nothing: {"error": null}.
  return /[\p{L}\p{N}]/u.test(json.replaceAll(/"[^"]*"\s*:|\bnull\b/g, "")) ? json : "";
}

/** Servers that echo the request in an error (FastAPI) overrun every bound; the words stand before the echo mostly. */
function messageInCutJson(text: string): string | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  const string = /"(?:message|msg|detail)"\s*:\s*"((?:[^"\\]|\\.){1,600})/.exec(text)?.[1];
  const said = string === undefined ? undefined : parsedJson(`"${string}"`);
  return typeof said === "string" ? said : string;
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    // What `JSON.parse` can read may still nest too deeply for `JSON.stringify`.
    return "";
  }
}

function parsedJson(text: string): unknown {
  if (!/^\s*[[{"]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const wrapperKeys = ["error", "errors", "err", "fault", "base_resp"];
const messageKeys = [
  "message",
  "msg",
  "Message",
  "detail",
  "details",
  "error_description",
  "error_message",
  "error_msg",
  "errorMessage",
  "status_msg",
  "faultstring",
  "description",
  "title",
];
