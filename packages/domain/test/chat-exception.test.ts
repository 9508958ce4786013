import { describe, expect, test, vi } from "vitest";
import {
  ApiLimitException,
  assistantMessage,
  AuthenticationException,
  ChatException,
  isChatException,
  NetworkException,
  ParseException,
  RequestException,
  ServerException,
} from "../src/index.js";

const details = { provider: "work" };

describe("a chat exception", () => {
  test("carries what is known about the failure", () => {
    const cause = new Error("socket");
    const known = {
      provider: "work",
      status: 429,
      providerCode: "rate_limit_exceeded",
      requestId: "req_1",
      retryAfterMs: 1_500,
      partial: assistantMessage("so far"),
      usage: { inputTokens: 3 },
      attempts: [],
    };
    const exception = new ApiLimitException("rate-limit", "Slow down.", { ...known, cause });
    expect(Object.fromEntries(Object.entries(exception))).toEqual({
      name: "ApiLimitException",
      code: "rate-limit",
      retryable: true,
      ...known,
    });
    expect(exception).toMatchObject({ message: "Slow down.", cause });
    expect(exception).toBeInstanceOf(Error);
    expect(exception).toBeInstanceOf(ChatException);
    expect(String(exception)).toBe("ApiLimitException: Slow down.");
  });

  test("has no property for what is not known", () => {
    // @ts-expect-error: types tell undefined from absent, plain JavaScript does not.
    const exception = new ServerException("unavailable", "Later.", { ...details, status: undefined, usage: undefined });
    expect(Object.keys(exception).toSorted()).toEqual(["code", "name", "provider", "retryable"]);
    expect("cause" in exception).toBe(false);
  });

  test.each([
    [new AuthenticationException("authentication", "", details), false],
    [new AuthenticationException("permission", "", details), false],
    [new ApiLimitException("rate-limit", "", details), true],
    [new ApiLimitException("quota", "", details), false],
    [new NetworkException("network", "", details), true],
    [new NetworkException("timeout", "", { ...details, phase: "idle" }), true],
    [new NetworkException("truncated", "", details), true],
    [new ParseException("malformed", "", { ...details, excerpt: "<html>" }), false],
    [new RequestException("invalid-request", "", details), false],
    [new RequestException("unsupported", "", details), false],
    [new ServerException("unavailable", "", details), true],
  ])("$0.code is retryable: %$", (exception, retryable) => {
    expect(exception.retryable).toBe(retryable);
  });

  test("may say otherwise about a retry", () => {
    expect(new NetworkException("network", "Bad certificate.", { ...details, retryable: false }).retryable).toBe(false);
    expect(new ParseException("malformed", "A proxy's page.", { ...details, retryable: true }).retryable).toBe(true);
  });

  test("names the deadline that passed, and what could not be read", () => {
    expect(new NetworkException("timeout", "", { ...details, phase: "first-token" }).phase).toBe("first-token");
    expect(new ParseException("malformed", "", { ...details, excerpt: "<html>" }).excerpt).toBe("<html>");
  });
});

describe("isChatException", () => {
  test("recognises the exceptions of another copy of the package", async () => {
    vi.resetModules();
    const copy = await import("../src/index.js");
    const foreign = new copy.ServerException("unavailable", "Later.", details);
    expect(foreign).not.toBeInstanceOf(ChatException);
    expect(isChatException(foreign)).toBe(true);
  });

  test.each([new Error("plain"), { code: "network" }, "network", null, undefined, new DOMException("Aborted", "AbortError")])(
    "does not take %s for one",
    (value) => {
      expect(isChatException(value)).toBe(false);
    },
  );
});
