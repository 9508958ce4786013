import { printable } from "./printable.js";

/** What a response's headers advise about making the request again. */
export interface RetryAdvice {
  /** The server's explicit word (`x-should-retry`); absent when it gave none. */
  readonly shouldRetry?: boolean;
  /** How long to wait, in milliseconds, above 0. */
  readonly retryAfterMs?: number;
}

/** One budget of an account, as `x-ratelimit-*` headers tell it. A missing number means that the server did not say. */
export interface RateLimit {
  readonly limit?: number;
  readonly remaining?: number;
  /** Milliseconds until the budget is whole again. */
  readonly resetMs?: number;
}

export interface RateLimits {
  readonly requests?: RateLimit;
  readonly tokens?: RateLimit;
}

/** The server's id of a request, to quote to its support: printable, at most 128 characters. The id of the API comes before those of the proxies around it. */
export function requestIdOf(headers: Headers): string | undefined {
  for (const name of requestIdHeaders) {
    const id = printable(headers.get(name) ?? "", longestRequestId);
    if (id !== "") return id;
  }
  return undefined;
}

/**
 * Reads `x-should-retry`, `retry-after-ms` and `retry-after`. Negative, zero and unreadable waits count as no advice: `retry-after-ms: 0` beside
 * `retry-after: 1` is what Azure sends. An HTTP date (RFC 9110, 10.2.3) is measured against the response's own `Date`, so a wrong clock here does no harm.
 *
 * @param now Milliseconds since 1970, used when the response has no `Date`. Default: the clock.
 */
export function retryAdviceOf(headers: Headers, now: number = Date.now()): RetryAdvice {
  const should = headers.get("x-should-retry")?.trim().toLowerCase();
  const retryAfterMs =
    positive(numberIn(headers.get("retry-after-ms"))) ??
    positive(retryAfter(headers.get("retry-after"), timeOf(headers.get("date")) ?? now));
  return {
    ...(should === "true" || should === "false" ? { shouldRetry: should === "true" } : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** The wait that an error's words ask for ("Please try again in 6m0s"), in milliseconds. */
export function retryAdviceIn(message: string): number | undefined {
  const words = /\b(?:try again|retry|wait)(?: (?:in|after|for))? (?:about |approximately )?((?:\d+(?:\.\d+)?\s?[a-z]+\s?){1,4})/i.exec(
    message,
  )?.[1];
  return words === undefined ? undefined : positive(leadingDurationMs(words));
}

/** The `x-ratelimit-{limit,remaining,reset}-{requests,tokens}` headers of OpenAI, Azure, Groq and others; undefined when there is none. */
export function rateLimitsOf(headers: Headers): RateLimits | undefined {
  const requests = rateLimitOf(headers, "requests");
  const tokens = rateLimitOf(headers, "tokens");
  if (requests === undefined && tokens === undefined) return undefined;
  return { ...(requests && { requests }), ...(tokens && { tokens }) };
}

/** Reads durations such as `1ms`, `7.66s`, `2m59.56s` and `1 minute 30 seconds`, to milliseconds; undefined when the text is anything else. */
export function durationMs(text: string): number | undefined {
  return /^\s*(?:\d+(?:\.\d+)?\s?[a-z]+\s?){1,5}$/i.test(text) ? leadingDurationMs(text, true) : undefined;
}

const longestRequestId = 128;

const requestIdHeaders = [
  "x-request-id",
  "request-id",
  "openai-request-id",
  "x-oai-request-id",
  "apim-request-id",
  "x-ms-request-id",
  "x-ms-client-request-id",
  "x-amzn-requestid",
  "x-goog-request-id",
  "x-ds-trace-id",
  "mistral-correlation-id",
  "x-correlation-id",
  "x-trace-id",
  "cf-ray",
];

const unitMs: ReadonlyMap<string, number> = new Map([
  ...["ms", "msec", "msecs", "millisecond", "milliseconds"].map((unit) => [unit, 1] as const),
  ...["s", "sec", "secs", "second", "seconds"].map((unit) => [unit, 1000] as const),
  ...["m", "min", "mins", "minute", "minutes"].map((unit) => [unit, 60_000] as const),
  ...["h", "hr", "hrs", "hour", "hours"].map((unit) => [unit, 3_600_000] as const),
  ...["d", "day", "days"].map((unit) => [unit, 86_400_000] as const),
]);

/** Adds up amounts until the first word that is no unit: there the sentence goes on, unless nothing else is allowed. */
function leadingDurationMs(text: string, whole = false): number | undefined {
  let total: number | undefined;
  for (const [, amount, word] of text.matchAll(/(\d+(?:\.\d+)?)\s?([a-z]+)/gi)) {
    const unit = unitMs.get((word ?? "").toLowerCase());
    if (unit === undefined) return whole ? undefined : total;
    total = (total ?? 0) + Number(amount) * unit;
  }
  return total === undefined ? undefined : Math.ceil(Number(total.toFixed(6)));
}

function rateLimitOf(headers: Headers, kind: keyof RateLimits): RateLimit | undefined {
  const limit = numberIn(headers.get(`x-ratelimit-limit-${kind}`));
  const remaining = numberIn(headers.get(`x-ratelimit-remaining-${kind}`));
  const resetMs = secondsOrDuration(headers.get(`x-ratelimit-reset-${kind}`));
  if (limit === undefined && remaining === undefined && resetMs === undefined) return undefined;
  return {
    ...(limit !== undefined && { limit }),
    ...(remaining !== undefined && { remaining }),
    ...(resetMs !== undefined && { resetMs }),
  };
}

function retryAfter(value: string | null, now: number): number | undefined {
  const at = timeOf(value);
  return at === undefined ? secondsOrDuration(value) : at - now;
}

function secondsOrDuration(value: string | null): number | undefined {
  const seconds = numberIn(value);
  return seconds === undefined ? durationMs(value ?? "") : finite(Math.ceil(Number((seconds * 1000).toFixed(6))));
}

/** Plain decimals only: `Number` would also read "0x10", "1e9" and "Infinity". */
function numberIn(value: string | null): number | undefined {
  return value !== null && /^\s*\d+(?:\.\d+)?\s*$/.test(value) ? finite(Number(value)) : undefined;
}

/** The three forms of an HTTP date and ISO 8601. The form is checked, as `Date.parse` reads "-5" and "1" as dates. */
function timeOf(value: string | null): number | undefined {
  const text = value?.trim() ?? "";
  if (!/^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? |\d{4}-\d\d-\d\dt)/i.test(text)) return undefined;
  // The asctime form names no zone; every HTTP date is in UTC.
  return finite(Date.parse(/(?:gmt|utc|z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text} GMT`));
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
