import type { ServerError } from "./server-error.js";
import { durationMs } from "./response-facts.js";

/** A JSON object that nobody has validated. */
export type Fields = Readonly<Record<string, unknown>>;

/** What has been found of a {@link ServerError}. */
export type Draft = { -readonly [Key in keyof ServerError]?: ServerError[Key] };

/** Makes a text printable and cuts it. */
export type Clean = (text: string, maxLength: number) => string;

/** The most characters that a machine-readable word keeps. */
export const longestWord = 100;

/** The machine-readable facts that one object of an error body states itself. */
export function factsOf(fields: Fields, clean: Clean): Draft {
  const code = googleCodeIn(fields, clean) ?? word(fields, codeKeys, clean);
  const type = word(fields, typeKeys, clean);
  const requestId = word(fields, requestIdKeys, clean);
  const retryAfterMs = waitIn(fields);
  const words = wordsIn(fields, clean);
  return {
    ...statusIn(fields),
    ...(code !== undefined && { code }),
    // `type: "error"` marks the envelope, "about:blank" is RFC 9457 for "none".
    ...(type !== undefined && type !== "error" && type !== "about:blank" && { type }),
    ...(requestId !== undefined && { requestId }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(words.length > 0 && { words }),
  };
}

/** The plausible HTTP status (400 to 599) that an object names, be it as its code. */
export function statusIn(fields: Fields): Draft {
  return [...statusKeys, ...codeKeys].map((key) => statusFact(own(fields, key))).find((fact) => fact.status !== undefined) ?? {};
}

/** A string as it is and a number in decimals; empty for everything else. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" && Number.isFinite(value) ? String(value) : "";
}

/** An own property of an object; undefined for everything else. */
export function own(value: unknown, key: string): unknown {
  // Only own properties: "constructor" in a hostile body must not reach the prototype, and `__proto__` in JSON is an own property like any other.
  return isFields(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Whether a value is an object with fields. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Google's errors have the HTTP status as their `code`, and their word for it beside it (https://google.aip.dev/193): `status`, or the `reason` of an `ErrorInfo`,
 * which says more (github.com/googleapis/googleapis, google/rpc/error_details.proto).
 */
function googleCodeIn(fields: Fields, clean: Clean): string | undefined {
  const status = own(fields, "status");
  if (typeof own(fields, "code") !== "number" || typeof status !== "string" || !/^[A-Z][A-Z_]+$/.test(status)) return undefined;
  const reason = detailsOf(fields)
    .map((detail) => own(detail, "reason"))
    .find((value) => typeof value === "string" && value !== "");
  return clean(textOf(reason ?? status), longestWord);
}

function wordsIn(fields: Fields, clean: Clean): readonly string[] {
  const details = detailsOf(fields);
  const reasons = details.map((detail) => own(detail, "reason"));
  const inner = own(fields, "innererror") ?? own(fields, "inner_error");
  return [...reasons, own(inner, "code"), own(fields, "status"), own(fields, "reason"), ...details.flatMap(quotasIn)]
    .flatMap((value) => (typeof value === "string" ? clean(value, longestWord) : []))
    .filter((value) => value !== "");
}

/** The names of the quotas that one of Google's error details speaks of: a `QuotaFailure` of its violations, an `ErrorInfo` in its metadata. */
function quotasIn(detail: unknown): readonly unknown[] {
  const violations = own(detail, "violations");
  const violated = Array.isArray(violations) ? violations.slice(0, mostViolations) : [];
  const names = violated.map((violation) => own(violation, "quotaId") ?? own(violation, "quotaMetric"));
  return [...names, own(own(detail, "metadata"), "quota_limit")];
}

function detailsOf(fields: Fields): readonly unknown[] {
  const details = own(fields, "details");
  return Array.isArray(details) ? details.slice(0, mostDetails) : [];
}

/** `retry_after` in seconds, or Google's `RetryInfo`. */
function waitIn(fields: Fields): number | undefined {
  const delays = detailsOf(fields).map((detail) => durationMs(textOf(own(detail, "retryDelay"))));
  const [seconds, milliseconds] = [own(fields, "retry_after"), own(fields, "retry_after_ms")];
  return [milliseconds, typeof seconds === "number" ? Math.ceil(seconds * 1000) : undefined, ...delays].find(
    (wait): wait is number => typeof wait === "number" && wait > 0 && Number.isFinite(wait),
  );
}

function statusFact(value: unknown): Draft {
  const status = typeof value === "string" && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof status === "number" && Number.isInteger(status) && status >= 400 && status <= 599 ? { status } : {};
}

function word(fields: Fields, keys: readonly string[], clean: Clean): string | undefined {
  return keys.map((key) => clean(textOf(own(fields, key)), longestWord)).find((value) => value !== "");
}

const mostDetails = 6;
const mostViolations = 12;
const codeKeys = ["code", "error_code", "errorCode", "errcode", "status_code"];
const typeKeys = ["type", "error_type", "errorType", "__type"];
const statusKeys = ["status", "raw_status_code", "statusCode", "http_status"];
const requestIdKeys = ["request_id", "requestId", "requestID", "trace_id"];
