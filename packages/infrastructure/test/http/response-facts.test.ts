import { describe, expect, onTestFinished, test, vi } from "vitest";
import { durationMs, rateLimitsOf, requestIdOf, retryAdviceOf } from "../../src/http/response-facts.js";

const now = Date.parse("2026-11-22T12:00:00Z");
const advice = (headers: Record<string, string>) => retryAdviceOf(new Headers(headers), now);

describe("retry advice", () => {
  test.each([
    [{ "retry-after-ms": "37" }, 37],
    [{ "retry-after-ms": "1.5" }, 1.5],
    [{ "retry-after": "2" }, 2000],
    [{ "retry-after": " 0.25 " }, 250],
    [{ "retry-after": "51", "retry-after-ms": "100" }, 100],
    [{ "retry-after": "1", "retry-after-ms": "0" }, 1000],
    [{ "retry-after": "1", "retry-after-ms": "-5" }, 1000],
    [{ "retry-after": "1", "retry-after-ms": "soon" }, 1000],
    [{ "retry-after": "7.66s" }, 7660],
    [{ "retry-after": "99999999" }, 99_999_999_000],
    [{ "retry-after": "0" }, undefined],
    [{ "retry-after": "-5" }, undefined],
    [{ "retry-after": "soon" }, undefined],
    [{ "retry-after": "NaN" }, undefined],
    [{ "retry-after": "Infinity" }, undefined],
    [{ "retry-after": "1e400" }, undefined],
    [{ "retry-after": "9".repeat(400) }, undefined],
    [{ "retry-after": "0x10" }, undefined],
    [{ "retry-after": "" }, undefined],
    [{}, undefined],
  ])("in %j", (headers, retryAfterMs) => {
    expect(advice(headers).retryAfterMs).toBe(retryAfterMs);
  });

  test.each([
    ["an HTTP date", "Sun, 22 Nov 2026 12:00:30 GMT"],
    ["the date of RFC 850", "Sunday, 22-Nov-26 12:00:30 GMT"],
    ["the date of asctime", "Sun Nov 22 12:00:30 2026"],
    ["ISO 8601", "2026-11-22T12:00:30Z"],
  ])("as %s is measured against this clock when the response has no Date", (_name, date) => {
    expect(advice({ "retry-after": date }).retryAfterMs).toBe(30_000);
  });

  test("as a date without a zone is in UTC wherever this machine stands", () => {
    vi.stubEnv("TZ", "Asia/Tokyo");
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(new Date(now).getHours()).toBe(21);
    expect(advice({ "retry-after": "Sun Nov 22 12:00:30 2026" }).retryAfterMs).toBe(30_000);
  });

  test("as a date is measured against the server's own clock, however wrong it is", () => {
    expect(advice({ "retry-after": "Fri, 01 Jan 2021 00:00:05 GMT", date: "Fri, 01 Jan 2021 00:00:00 GMT" }).retryAfterMs).toBe(5000);
  });

  test("as a date in the past is none", () => {
    expect(advice({ "retry-after": "Sun, 22 Nov 2026 11:59:00 GMT" }).retryAfterMs).toBeUndefined();
  });

  test("takes x-should-retry as true, false or nothing", () => {
    expect(advice({ "x-should-retry": "True" }).shouldRetry).toBe(true);
    expect(advice({ "x-should-retry": "false" }).shouldRetry).toBe(false);
    expect(advice({ "x-should-retry": "maybe" })).toEqual({});
  });
});

describe("durations", () => {
  test.each([
    ["1ms", 1],
    ["7.66s", 7660],
    ["2m59.56s", 179_560],
    ["6m0s", 360_000],
    ["1h30m", 5_400_000],
    ["1 minute 30 seconds", 90_000],
    ["0s", 0],
    ["2", undefined],
    ["2 moons", undefined],
    ["-2s", undefined],
    ["", undefined],
  ])("%j", (text, milliseconds) => {
    expect(durationMs(text)).toBe(milliseconds);
  });
});

describe("rate limits", () => {
  test("are numbers and milliseconds", () => {
    const headers = new Headers({
      "x-ratelimit-limit-requests": "14400",
      "x-ratelimit-remaining-requests": "0",
      "x-ratelimit-reset-requests": "2m59.56s",
      "x-ratelimit-limit-tokens": "18000",
      "x-ratelimit-remaining-tokens": "oops",
      "x-ratelimit-reset-tokens": "1.5",
    });
    expect(rateLimitsOf(headers)).toEqual({
      requests: { limit: 14_400, remaining: 0, resetMs: 179_560 },
      tokens: { limit: 18_000, resetMs: 1500 },
    });
  });

  test("are absent when the server sends none", () => {
    expect(rateLimitsOf(new Headers({ "x-ratelimit-limit-input-images": "5" }))).toBeUndefined();
    expect(rateLimitsOf(new Headers({ "x-ratelimit-limit-tokens": "5" }))).toEqual({ tokens: { limit: 5 } });
  });
});

describe("the request id", () => {
  test.each(["x-request-id", "request-id", "apim-request-id", "x-ms-request-id", "x-ds-trace-id", "mistral-correlation-id", "cf-ray"])(
    "is in %s",
    (name) => {
      expect(requestIdOf(new Headers({ [name]: "id-1" }))).toBe("id-1");
    },
  );

  test("of the API comes before the proxy's", () => {
    expect(requestIdOf(new Headers({ "cf-ray": "ray", "request-id": "req_1" }))).toBe("req_1");
  });

  test("is bounded and printable, and absent when it is blank", () => {
    expect(requestIdOf(new Headers({ "x-request-id": `a\t${"b".repeat(1000)}` }))).toMatch(/^a b{125}…$/);
    expect(requestIdOf(new Headers({ "x-request-id": "  " }))).toBeUndefined();
  });
});
