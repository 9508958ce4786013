import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readServerError } from "../../src/http/server-error.js";

describe("the words of an error", () => {
  test.each([
    ["OpenAI", { error: { message: "Words.", type: "t", code: "c", param: null } }, { message: "Words.", type: "t", code: "c" }],
    ["a bare string", { error: "Words." }, { message: "Words." }],
    ["Hugging Face's array", { error: ["Words.", "More."] }, { message: "Words.; More." }],
    ["TGI", { error: "Words.", error_type: "validation" }, { message: "Words.", type: "validation" }],
    ["Kong", { message: "Words." }, { message: "Words." }],
    [
      "vLLM and Mistral",
      { object: "error", message: "Words.", type: "BadRequestError", code: 400 },
      { message: "Words.", code: "400", status: 400 },
    ],
    ["Mistral's own status", { object: "error", message: "Words.", code: "1300", raw_status_code: 429 }, { code: "1300", status: 429 }],
    ["FastAPI's string", { detail: "Words." }, { message: "Words." }],
    [
      "FastAPI's list",
      { detail: [{ type: "missing", loc: ["body", "messages", 0], msg: "Field required" }] },
      { message: "body.messages.0: Field required" },
    ],
    ["FastAPI's object", { detail: { error: { message: "Words.", code: "c" } } }, { message: "Words.", code: "c" }],
    [
      "Gemini's array",
      [{ error: { code: 400, message: "Words.", status: "INVALID_ARGUMENT" } }],
      { message: "Words.", status: 400, words: ["INVALID_ARGUMENT"] },
    ],
    [
      "Google's details",
      {
        error: {
          code: 429,
          status: "RESOURCE_EXHAUSTED",
          message: "Words.",
          details: [{ reason: "API_KEY_INVALID" }, { retryDelay: "1.5s" }],
        },
      },
      { words: ["API_KEY_INVALID", "RESOURCE_EXHAUSTED"], retryAfterMs: 1500 },
    ],
    [
      "Anthropic",
      { type: "error", error: { type: "overloaded_error", message: "Words." }, request_id: "req_1" },
      { type: "overloaded_error", requestId: "req_1" },
    ],
    [
      "an envelope of success",
      { success: false, error: { code: "C", status: 500, message: "Words." } },
      { message: "Words.", code: "C", status: 500 },
    ],
    ["Cloudflare", { success: false, errors: [{ code: 7003, message: "Words." }] }, { message: "Words.", code: "7003" }],
    ["MiniMax", { base_resp: { status_code: 1004, status_msg: "Words." } }, { message: "Words.", code: "1004" }],
    [
      "xAI",
      { code: "Client specified an invalid argument", error: "Words." },
      { message: "Words.", code: "Client specified an invalid argument" },
    ],
    ["OAuth", { error: "invalid_token", error_description: "Words." }, { message: "Words.", code: "invalid_token" }],
    ["Spring", { status: 404, error: "Not Found", message: "Words." }, { message: "Not Found: Words.", status: 404 }],
    ["RFC 9457", { type: "about:blank", title: "Title.", detail: "Words.", status: 403 }, { message: "Title.: Words.", status: 403 }],
    ["Azure's inner code", { error: { code: "content_filter", message: "Words.", innererror: { code: "Inner" } } }, { words: ["Inner"] }],
    ["Apigee", { fault: { faultstring: "Words.", detail: { errorcode: "c" } } }, { message: "Words." }],
    ["OpenRouter's choice", { choices: [{ error: { code: 502, message: "Words." } }] }, { message: "Words.", status: 502 }],
    ["JSON inside a message", { error: { message: '{"error":{"message":"Words.","code":"inner"}}' } }, { message: "Words." }],
    ["JSON as a string", '"Words."', { message: "Words." }],
    ["plain text", "  Words\n of  many lines ", { message: "Words of many lines" }],
    ["a shape nobody knows", { problem: "Words." }, { message: '{"problem":"Words."}' }],
    ["JSON that was cut", '{"detail":[{"msg":"Field \\"x\\" required","input":{"model":"x', { message: 'Field "x" required' }],
  ])("of %s", (_name, value, expected) => {
    expect(readServerError(value)).toMatchObject(expected);
    const text = typeof value === "string" ? value : JSON.stringify(value);
    expect(readServerError(text)).toEqual(readServerError(value));
  });

  test("of Google's quotas are in a failure's violations, of which twelve are read, and in an ErrorInfo's metadata", () => {
    const violations = Array.from({ length: 1_000 }, (_, index) => ({ quotaId: `Quota${index}` }));
    const errorInfo = { reason: "RATE_LIMIT_EXCEEDED", metadata: { quota_limit: "RequestsPerDay" } };
    const { words } = readServerError({ error: { code: 429, message: "Words.", details: [{ violations }, errorInfo] } });
    const quotas = Array.from({ length: 12 }, (_, index) => `Quota${index}`);
    expect(words).toEqual(["RATE_LIMIT_EXCEEDED", ...quotas, "RequestsPerDay"]);
  });

  test("of OpenRouter's upstream stand behind its own, unless these say enough", () => {
    const error = (message: string) => ({
      error: { message, code: 502, metadata: { provider_name: "DeepInfra", raw: "upstream timeout" } },
    });
    expect(readServerError(error("Provider returned error")).message).toBe("Provider returned error (DeepInfra: upstream timeout)");
    expect(readServerError(error("Model is gone")).message).toBe("Model is gone");
  });

  test.each([
    ["<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>", "502 Bad Gateway"],
    [
      "<!DOCTYPE html><title>Attention Required! | Cloudflare</title><h1>Sorry, you have\n been <b>blocked</b></h1>",
      "Attention Required! | Cloudflare: Sorry, you have been blocked",
    ],
    [
      "<html><body><script>var a = '<h1>';</script><style>p{}</style><!-- <p> --><p>Tom &amp; Jerry&#39;s&nbsp;page &#x1F600; &bogus;</p>",
      "Tom & Jerry's page 😀 &bogus;",
    ],
    ['<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>', "Access Denied"],
    ["<title>Error 502 | Site</title><h1>502</h1>", "Error 502 | Site"],
    ["<html>", ""],
  ])("of the page %j", (page, line) => {
    expect(readServerError(page).message).toBe(line === "" ? page : line);
  });

  test("are 300 characters of plain text at most, and 600 of a message", () => {
    expect(readServerError("word ".repeat(500)).message).toHaveLength(300);
    expect(readServerError({ message: "word ".repeat(500) }).message.length).toBeGreaterThan(590);
    expect(readServerError({ message: "😀".repeat(500) }).message).toMatch(/^(?:😀)+…$/u);
  });
});

describe("hostile bodies", () => {
  test("do not reach a prototype", () => {
    const body = '{"__proto__":{"message":"polluted"},"constructor":{"message":"no"},"error":{"message":"Words."}}';
    expect(readServerError(body).message).toBe("Words.");
    expect(readServerError('{"error":{"__proto__":{"code":"x"}}}').code).toBeUndefined();
    expect(Object.hasOwn(Object.prototype, "message")).toBe(false);
  });

  test("do not speak through what an object inherits", () => {
    expect(readServerError(Object.create({ message: "inherited", code: "inherited" }))).toEqual({ message: "", words: [] });
  });

  test.each([
    ["nested arrays", "[".repeat(100_000) + "]".repeat(100_000)],
    ["nested errors", '{"error":'.repeat(20_000) + "1" + "}".repeat(20_000)],
    ["unclosed tags", "<title".repeat(200_000)],
    ["unclosed escapes", "\u001B]".repeat(200_000)],
    ["a long list", JSON.stringify({ detail: Array.from({ length: 50_000 }, () => ({ loc: ["a"], msg: "b" })) })],
    ["white space", `{"error":{"message":"a${" ".repeat(500_000)}b"}}`],
  ])("cost little: %s", (_name, body) => {
    const start = performance.now();
    expect(readServerError(body).message.length).toBeLessThanOrEqual(600);
    // Quadratic work on these sizes takes minutes.
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test("of any JSON give texts within their bounds", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const error = readServerError(value);
        expect(error.message.length).toBeLessThanOrEqual(600);
        expect(error.words.every((word) => word.length <= 100)).toBe(true);
      }),
    );
  });
});
