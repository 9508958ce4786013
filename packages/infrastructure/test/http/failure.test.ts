import { isChatException, Secret } from "@chatport/domain";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { failureFromResponse, failureInStream, type FailureContext } from "../../src/http/failure.js";
import { createRedactor, redactNothing } from "../../src/http/redaction.js";
import { isJsonObject } from "../../src/http/json.js";
import { openAICodeOf } from "../../src/providers/openai/openai-exception.js";

const context: FailureContext = { provider: "work", redact: redactNothing, codeOf: openAICodeOf };

const openAIError = (error: object): string => JSON.stringify({ error });

function fail(status: number, body = "", headers: Record<string, string> = {}, more: Partial<FailureContext> = {}) {
  return failureFromResponse({ status, headers: new Headers(headers) }, body, { ...context, ...more });
}

describe("the code of a response", () => {
  test.each([
    [400, "invalid-request", false],
    [401, "authentication", false],
    [402, "quota", false],
    [403, "permission", false],
    [404, "not-found", false],
    [405, "invalid-request", false],
    [408, "unavailable", true],
    [409, "unavailable", true],
    [413, "context-overflow", false],
    [418, "invalid-request", false],
    [422, "invalid-request", false],
    [425, "unavailable", true],
    [429, "rate-limit", true],
    [500, "unavailable", true],
    [501, "unavailable", false],
    [503, "unavailable", true],
    [529, "unavailable", true],
    [599, "unavailable", true],
  ])("status %i alone is %s", (status, code, retryable) => {
    expect(fail(status)).toMatchObject({ code, retryable, status });
  });

  test.each([
    ["OpenAI's overflow", 400, { code: "context_length_exceeded", message: "Too long." }, "context-overflow"],
    ["llama.cpp's overflow", 400, { type: "exceed_context_size_error", message: "request (4003 tokens) exceeds it" }, "context-overflow"],
    ["LiteLLM's overflow", 400, { type: "ContextWindowExceededError", message: "litellm" }, "context-overflow"],
    [
      "an overflow in words",
      400,
      { message: "The input (32000 tokens) is longer than the model's context length (8192 tokens)." },
      "context-overflow",
    ],
    ["an overflow that is called a server's error", 500, { type: "exceed_context_size_error", message: "…" }, "context-overflow"],
    [
      "Azure's filter",
      400,
      { code: "content_filter", message: "Filtered.", innererror: { code: "ResponsibleAIPolicyViolation" } },
      "content-filter",
    ],
    ["Azure's inner code", 400, { code: null, message: "No.", innererror: { code: "ResponsibleAIPolicyViolation" } }, "content-filter"],
    ["DALL·E's filter", 400, { code: "content_policy_violation", message: "Rejected." }, "content-filter"],
    ["an unknown model that comes as 400", 400, { code: "model_not_found", message: "No such model." }, "not-found"],
    ["xAI's wrong key that comes as 400", 400, "Incorrect API key provided: xa***", "authentication"],
    ["credits spent, as 400", 400, { type: "invalid_request_error", message: "Your credit balance is too low." }, "quota"],
    ["a quota", 429, { type: "insufficient_quota", message: "You exceeded your current quota." }, "quota"],
    ["a quota without a code", 429, { message: "You exceeded your current quota, please check your plan and billing details." }, "quota"],
    [
      "Cerebras's rate limit with quota in its name",
      429,
      { code: "request_quota_exceeded", message: "Requests per minute limit exceeded" },
      "rate-limit",
    ],
    ["Moonshot's spent account", 429, { type: "exceeded_current_quota_error", message: "Please recharge." }, "quota"],
    ["a model that the project may not use", 403, { code: "model_not_found", message: "Project has no access." }, "permission"],
    ["OpenRouter's moderation", 403, { code: 403, message: "Input was flagged by moderation." }, "content-filter"],
    [
      "a request too large for its rate limit",
      413,
      { code: "rate_limit_exceeded", message: "Request too large (TPM)." },
      "context-overflow",
    ],
    ["a 401 that talks of limits", 401, { type: "rate_limit_exceeded", message: "Who are you?" }, "authentication"],
  ])("%s (%s %s)", (_name, status, error, code) => {
    const { codeOf: _codeOf, ...withoutVendor } = context;
    const body = JSON.stringify({ error });
    expect(failureFromResponse({ status, headers: new Headers() }, body, withoutVendor).code).toBe(code);
    expect(fail(status, body).code).toBe(code);
  });

  test("Google's limit per minute, which speaks of quota but says how long to wait, is a rate limit", () => {
    const error = {
      code: 429,
      status: "RESOURCE_EXHAUSTED",
      message: "You exceeded your current quota, please check your plan and billing details.",
      details: [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "17s" }],
    };
    expect(fail(429, JSON.stringify([{ error }]))).toMatchObject({ code: "rate-limit", retryable: true, retryAfterMs: 17_000 });
  });

  test("words about a quota that come with a wait are a rate limit, whoever says them", () => {
    const message = "You exceeded your current quota, please check your plan and billing details. Please retry in 36.3s.";
    expect(fail(429, openAIError({ message }))).toMatchObject({ code: "rate-limit", retryAfterMs: 36_300 });
  });

  test("the response's own status wins over the one in its body", () => {
    expect(fail(502, openAIError({ message: "Upstream said no.", code: 401 }))).toMatchObject({
      code: "unavailable",
      status: 502,
      providerCode: "401",
    });
  });

  test("the vendor's table is asked before the general rules", () => {
    expect(fail(400, openAIError({ code: "teapot", message: "Short and stout." }), {}, { codeOf: () => "quota" }).code).toBe("quota");
  });

  test("a redirect names the origin that it leads to, not the path, and what to do", () => {
    const exception = fail(307, "", { location: "https://other.example/v1?token=canary" });
    expect(exception).toMatchObject({ code: "invalid-request", retryable: false, status: 307 });
    expect(exception.message).toMatch(/redirects to https:\/\/other\.example \(HTTP 307\).*baseUrl/);
    expect(exception.message).not.toContain("canary");
  });

  test("a relative redirect is resolved against the request's URL", () => {
    expect(fail(301, "", { location: "/login" }, { url: "http://127.0.0.1:8080/v1/x" }).message).toContain("to http://127.0.0.1:8080 ");
  });
});

describe("the retry advice of a response", () => {
  test("x-should-retry overrides what the status means, both ways", () => {
    expect(fail(500, "", { "x-should-retry": "false" }).retryable).toBe(false);
    expect(fail(400, "", { "x-should-retry": "true" }).retryable).toBe(true);
  });

  test.each([
    ["Rate limit reached. Please try again in 50.597142857s. Visit the console.", 50_598],
    ["Please try again in 6m0s.", 360_000],
    ["Please try again in 300ms.", 300],
    ["Rate limit is exceeded. Try again in 2 seconds.", 2000],
    ["Please retry after 1 minute 30 seconds.", 90_000],
    ["Try again in 3 moons.", undefined],
    ["Try again later.", undefined],
  ])("the words %j of a 429", (message, retryAfterMs) => {
    expect(fail(429, openAIError({ message })).retryAfterMs).toBe(retryAfterMs);
  });

  test("words count only when no header speaks, and only for rate limits", () => {
    const body = openAIError({ message: "Try again in 9s." });
    expect(fail(429, body, { "retry-after": "2" }).retryAfterMs).toBe(2000);
    expect(fail(400, body).retryAfterMs).toBeUndefined();
  });
});

describe("the message of a response", () => {
  test("is the server's words, then what they leave out", () => {
    const body = openAIError({ message: "Incorrect API key provided.", code: "invalid_api_key", type: "invalid_request_error" });
    expect(fail(401, body, { "x-request-id": "req_1" }).message).toBe(
      "Incorrect API key provided. (HTTP 401, invalid_api_key, request req_1)",
    );
  });

  test("repeats nothing that the words have", () => {
    expect(fail(502, "<html><title>502 Bad Gateway</title></html>").message).toBe("502 Bad Gateway");
  });

  test("is the status when the body is empty, null or a bare brace", () => {
    for (const body of ["", "  \n", "null", "{}", "[]", '""', '{"error":{}}', '{"error":null}'])
      expect(fail(500, body).message).toBe("HTTP 500 Internal Server Error");
  });

  test("shows the code when the words are nearly empty", () => {
    const body = openAIError({ message: " (request id: 20240407)", type: "upstream_error", code: "bad_response_status_code" });
    expect(fail(422, body).message).toBe("HTTP 422 Unprocessable Content: (request id: 20240407) (bad_response_status_code)");
  });

  test("keeps status and request id when the words are cut", () => {
    const { message } = fail(400, openAIError({ message: "long ".repeat(1000) }), { "x-request-id": "req_1" });
    expect(message.length).toBeLessThanOrEqual(600);
    expect(message).toMatch(/… \(HTTP 400, request req_1\)$/);
  });

  test("cannot drive the terminal it is printed on", () => {
    const { message, requestId, providerCode } = fail(
      400,
      openAIError({ message: "\u001B]52;c;ZXZpbA==\u0007\u001B[31mred\u001B[0m\r\nnext\u202E", code: "\u001B[2Jx" }),
      {
        "x-request-id": "a\tb",
      },
    );
    expect(message).toBe("red next (HTTP 400, x, request a b)");
    expect([requestId, providerCode]).toEqual(["a b", "x"]);
  });

  test("takes the request id from the body when no header has one", () => {
    expect(fail(500, JSON.stringify({ request_id: "r-9", error: { message: "Oh." } })).requestId).toBe("r-9");
  });
});

describe("an error inside a 200 answer", () => {
  test.each([
    ["a status in its code", { error: { code: 502, message: "Upstream is gone" } }, "unavailable", true, 502],
    ["a status beside the code", { error: { code: "INTERNAL", status: 500, message: "x" } }, "unavailable", true, 500],
    [
      "400 and overflow words",
      { error: { code: 400, type: "BadRequest", message: "longer than the model's context length" } },
      "context-overflow",
      false,
      400,
    ],
    ["an overflow type", { error: { type: "exceed_context_size_error", message: "too big" } }, "context-overflow", false, undefined],
    ["server_error", { error: { type: "server_error", message: "Sorry about that!" } }, "unavailable", true, undefined],
    ["overloaded_error", { type: "error", error: { type: "overloaded_error", message: "Overloaded" } }, "unavailable", true, undefined],
    ["InternalServerError", { object: "error", type: "InternalServerError", message: "x", code: 500 }, "unavailable", true, 500],
    ["BadRequestError", { object: "error", type: "BadRequestError", message: "max_tokens" }, "invalid-request", false, undefined],
    ["invalid_request_error", { error: { type: "invalid_request_error", message: "no" } }, "invalid-request", false, undefined],
    ["authentication_error", { error: { type: "authentication_error", message: "no" } }, "authentication", false, undefined],
    ["rate_limit_exceeded", { error: { code: "rate_limit_exceeded", message: "slow; try again in 2s" } }, "rate-limit", true, undefined],
    ["request_quota_exceeded", { code: "request_quota_exceeded", message: "slow" }, "rate-limit", true, undefined],
    ["insufficient_quota", { error: { code: "insufficient_quota", message: "pay" } }, "quota", false, undefined],
    ["only the words quota exceeded", { error: { message: "quota exceeded" } }, "quota", false, undefined],
    ["only the words rate limit", { error: "Rate limit hit" }, "rate-limit", true, undefined],
    ["only the word overloaded", { error: { message: "Model overloaded" } }, "unavailable", true, undefined],
    ["an implausible status", { error: { code: 1300, message: "odd" } }, "unavailable", true, undefined],
    ["a status of success", { error: { code: 200, message: "odd" } }, "unavailable", true, undefined],
    ["nothing known", { error: { message: "Compute error." }, message: "Compute error." }, "unavailable", true, undefined],
    ["text", "event stream broke", "unavailable", true, undefined],
    ["JSON text", '{"error":{"code":401,"message":"Who?"}}', "authentication", false, 401],
  ])("with %s", (_name, payload, code, retryable, status) => {
    const exception = failureInStream(payload, context);
    expect(exception).toMatchObject({ code, retryable, provider: "work" });
    expect(exception.status).toBe(status);
  });

  test("tells the upstream's words behind OpenRouter's", () => {
    const error = {
      message: "Provider returned error",
      code: 400,
      metadata: { provider_name: "Azure", raw: '{"error":{"message":"Too big","code":"context_length_exceeded"}}' },
    };
    expect(failureInStream({ error }, context)).toMatchObject({
      code: "context-overflow",
      message: "Provider returned error (Azure: Too big) (HTTP 400, context_length_exceeded)",
    });
  });

  test("carries what had arrived", () => {
    const partial = { role: "assistant", content: [{ type: "text", text: "Hel" }] } as const;
    const exception = failureInStream({ error: "x" }, { ...context, partial, usage: { outputTokens: 2 }, requestId: "req_7" });
    expect(exception).toMatchObject({ partial, usage: { outputTokens: 2 }, requestId: "req_7" });
    expect(exception.message).toBe("The server reported an error: x (request req_7)");
  });
});

describe("a vendor's better words for an error", () => {
  const body = { error: { code: 401, message: "no", why: "the key k-1 \u001B[31mis  red" } };
  const seen: unknown[] = [];
  const messageOf = (read: unknown): string | undefined => {
    seen.push(read);
    const error = isJsonObject(read) ? read["error"] : undefined;
    return isJsonObject(error) && typeof error["why"] === "string" ? `Because ${error["why"]}` : undefined;
  };
  const better: FailureContext = { ...context, redact: createRedactor([new Secret("k-1")]), messageOf };
  const response = { status: 403, headers: new Headers() };

  test.each([
    ["of a response", failureFromResponse(response, JSON.stringify(body), better), "permission", 403],
    ["in a stream", failureInStream(body, better), "authentication", 401],
    ["in a stream, as text", failureInStream(JSON.stringify(body), better), "authentication", 401],
  ])("%s are asked for with the parsed body, and shown like the usual ones", (_where, exception, code, status) => {
    expect(exception).toMatchObject({ code, status });
    expect(exception.message).toMatch(new RegExp(`^Because the key \\[redacted\\] is red \\(HTTP ${status}`, "u"));
    expect(seen.slice(0, 3)).toEqual([body, body, body]);
  });

  test("that are none leave the usual ones, also of a body that is no JSON", () => {
    expect(failureFromResponse(response, "Go away", better).message).toBe("Go away (HTTP 403)");
    expect(seen.at(-1)).toBe("Go away");
  });

  test("are cut where they are long, and decide nothing but the message", () => {
    const long = { ...better, messageOf: () => `rate limit reached ${"x".repeat(2000)}` };
    const exception = failureFromResponse(response, JSON.stringify(body), long);
    expect(exception).toMatchObject({ code: "permission", providerCode: "401" });
    expect(exception.message.length).toBeLessThanOrEqual(600);
  });
});

describe("whatever a server sends", () => {
  const statuses = fc.integer({ min: 300, max: 599 });

  test("any JSON becomes an exception with a short printable message", () => {
    const errorLike = fc.dictionary(
      fc.constantFrom(
        "error",
        "message",
        "detail",
        "details",
        "code",
        "type",
        "errors",
        "metadata",
        "raw",
        "status",
        "choices",
        "loc",
        "msg",
        "title",
        "__proto__",
        "constructor",
      ),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), errorLike), statuses, (value, status) => {
        for (const exception of [fail(status, JSON.stringify(value)), failureInStream(value, context)]) {
          expect(isChatException(exception)).toBe(true);
          expect(exception.message).toMatch(/^\P{Cc}{1,600}$/u);
        }
      }),
    );
  });

  test("any text does too", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), statuses, (body, status) => {
        expect(fail(status, `<html>${body}`).message.length).toBeLessThanOrEqual(600);
        expect(fail(status, body).message).toMatch(/^\P{Cc}{1,600}$/u);
      }),
    );
  });

  test("an echoed key shows nowhere", () => {
    const canary = "sk-test-canary/4+2";
    const echo = { code: canary, type: canary, message: `Bad key ${canary}`, request_id: canary, innererror: { code: canary } };
    const headers = { "x-request-id": canary, location: `https://${encodeURIComponent("sk-test-canary")}.example` };
    const redact = createRedactor([new Secret(canary), new Secret("sk-test-canary")]);
    for (const status of [302, 400, 401, 500]) {
      for (const body of [
        openAIError(echo),
        canary,
        `<title>${canary}</title>`,
        JSON.stringify({ detail: [{ loc: [canary], msg: canary }] }),
      ]) {
        const exception = fail(status, body, headers, { redact });
        expect(`${JSON.stringify(exception)}${exception.message}${exception.stack}`).not.toMatch(/canary/);
      }
    }
  });

  test("a key that escape sequences take apart shows nowhere", () => {
    const redact = createRedactor([new Secret("sk-test-canary")]);
    const apart = "sk-te\u001B[0mst-can\u200Bary";
    expect(fail(400, openAIError({ message: `Bad key ${apart}.`, code: apart }), {}, { redact })).toMatchObject({
      message: "Bad key [redacted]. (HTTP 400)",
      providerCode: "[redacted]",
    });
  });

  test("the edge of a cut shows no half of a key", () => {
    const canary = "sk-test-canary-0123456789-0123456789";
    for (let before = 560; before < 600; before++) {
      const { message } = fail(
        400,
        openAIError({ message: "x".repeat(before) + canary }),
        {},
        { redact: createRedactor([new Secret(canary)]) },
      );
      expect(message).not.toContain("sk-");
    }
  });
});
