import { type ChatExceptionCode, userMessage } from "@chatport/domain";
import { describe, expect, test, vi } from "vitest";
import { createOllamaProvider, OllamaClient } from "../../../src/providers/ollama/index.js";
import { startLoopbackServer } from "../../../src/testing/index.js";
import { observe } from "../../support/observed-answer.js";
import { canary, serveOllama } from "../../support/ollama-server.js";

const request = { messages: [userMessage("hi")] };
const said =
  '{"model":"llama3.2","created_at":"2025-10-26T17:21:21.196249Z","message":{"role":"assistant","content":"Yes"},"done":false}\n';

interface ErrorCase {
  readonly status: number;
  readonly error: string;
  readonly code: ChatExceptionCode;
  readonly advice?: RegExp;
}

/** The words of the server's routes (github.com/ollama/ollama, server/routes.go and sched.go) and of https://docs.ollama.com/api/errors. */
const byStatus: readonly ErrorCase[] = [
  {
    status: 404,
    error: "model 'llama3.2' not found",
    code: "not-found",
    advice: /not found \(HTTP 404\)\. Get it with: ollama pull llama3\.2$/u,
  },
  {
    status: 404,
    error: 'model "llama3.2" not found, try pulling it first',
    code: "not-found",
    advice: /Get it with: ollama pull llama3\.2$/u,
  },
  { status: 400, error: "registry.ollama.ai/library/gemma:2b does not support tools", code: "invalid-request" },
  { status: 400, error: '"llama3.2" does not support thinking', code: "invalid-request" },
  { status: 400, error: "the input length exceeds the context length", code: "context-overflow" },
  { status: 401, error: "unauthorized", code: "authentication" },
  { status: 403, error: "this model requires a subscription, upgrade for access", code: "permission" },
  { status: 429, error: "you have reached your hourly usage limit", code: "rate-limit" },
  { status: 500, error: "model requires more system memory (5.6 GiB) than is available (3.1 GiB)", code: "unavailable" },
  { status: 503, error: "server busy, please try again. maximum pending requests exceeded", code: "unavailable" },
  { status: 502, error: "upstream error", code: "unavailable" },
];

describe("an error status", () => {
  test.each(byStatus)("$status $error is $code", async ({ status, error, code, advice }) => {
    await using served = await serveOllama({ status, body: JSON.stringify({ error }), headers: { "content-type": "application/json" } });
    for (const delivery of ["stream", "whole"] as const) {
      const { exception } = await observe(served.provider.stream(request, { delivery }));
      expect(exception).toMatchObject({ code, status, provider: "ollama", message: expect.stringContaining(error) });
      if (advice !== undefined) expect(exception?.message).toMatch(advice);
      else expect(exception?.message).not.toContain("ollama pull");
    }
  });

  test("of another path is no absent model", async () => {
    await using served = await serveOllama({ status: 404, body: "404 page not found", headers: { "content-type": "text/plain" } });
    const { exception } = await observe(served.provider.stream(request));
    expect(exception).toMatchObject({ code: "not-found", message: expect.not.stringContaining("pull") });
  });

  test("of the cloud advises no pull", async () => {
    const body = '{"error":"model \'llama3.2\' not found"}';
    const provider = createOllamaProvider({
      model: "llama3.2",
      baseUrl: "https://ollama.com",
      retry: false,
      fetch: () => Promise.resolve(new Response(body, { status: 404 })),
    });
    expect((await observe(provider.stream(request))).exception?.message).not.toContain("ollama pull");
  });
});

describe("an error line in a stream", () => {
  test.each<[error: string, code: ChatExceptionCode]>([
    ["an error was encountered while running the model", "unavailable"],
    ["an error was encountered while running the model: unexpected EOF", "unavailable"],
    ["model 'llama3.2' not found", "not-found"],
    ["unauthorized", "authentication"],
    ["too many requests", "rate-limit"],
    ["llama3.2 does not support chat", "invalid-request"],
    ["the prompt is too long; it exceeds the context length", "context-overflow"],
  ])("%s is %s, with what had arrived", async (error, code) => {
    await using served = await serveOllama({ body: `${said}${JSON.stringify({ error })}\n` });
    const { exception, end } = await observe(served.provider.stream(request));
    expect(end).toBeUndefined();
    expect(exception).toMatchObject({
      code,
      message: expect.stringContaining(error),
      partial: { content: [{ type: "text", text: "Yes" }] },
    });
    if (code === "not-found") expect(exception?.message).toMatch(/\. Get it with: ollama pull llama3\.2$/u);
  });

  test("is none when it is null", async () => {
    await using served = await serveOllama({
      body: `${said.replace('"done":false', '"done":false,"error":null')}{"done":true,"done_reason":"stop"}\n`,
    });
    expect((await observe(served.provider.stream(request))).end).toMatchObject({ finishReason: "stop" });
  });
});

describe("a server that is not there", () => {
  test("is told with how to start it", async () => {
    const gone = await startLoopbackServer(() => Promise.resolve());
    await gone.close();
    const provider = createOllamaProvider({ model: "m", baseUrl: gone.origin, retry: false });
    const { exception } = await observe(provider.stream(request));
    expect(exception).toMatchObject({ code: "network", retryable: true });
    expect(exception?.message).toMatch(/Connection refused by 127\.0\.0\.1:\d+\..* Is Ollama running\? Start it with: ollama serve$/u);
    await expect(provider.listModels?.()).rejects.toMatchObject({ message: expect.stringContaining("ollama serve") });
  });
});

describe("a server that is no Ollama", () => {
  test.each<[what: string, body: string, code: ChatExceptionCode, words: RegExp]>([
    [
      "an OpenAI answer",
      '{"id":"chatcmpl-1","choices":[{"message":{"content":"hi"},"finish_reason":"stop"}]}',
      "malformed",
      /none of Ollama's chat API/u,
    ],
    ["an answer of /api/generate", '{"model":"m","response":"hi","done":false}\n', "malformed", /none of Ollama's chat API/u],
    ["server-sent events", 'data: {"choices":[]}\n\n', "malformed", /no stream of JSON lines: data: /u],
    ["an error in another form", '{"detail":"Not Found"}', "unavailable", /Not Found/u],
    ["an error over several lines", '{\n  "error": {\n    "message": "Nobody home"\n  }\n}\n', "unavailable", /Nobody home/u],
    ["a message of the wrong shape", '{"message":{"content":7},"done":false}\n', "malformed", /message\.content/u],
    ["something else", '{"hello":"world"}', "malformed", /hold nothing of an answer/u],
    ["a number", "42\n", "malformed", /none of Ollama's chat API/u],
    ["plain text", "Bad gateway\n", "malformed", /no stream of JSON lines: Bad gateway/u],
    [
      "a page in the middle of an answer",
      `${said}<html>\n<head><title>504 Gateway Time-out</title></head>\n</html>\n`,
      "malformed",
      /broke off into a page: 504 Gateway Time-out/u,
    ],
    ["a broken line", `${said}{"model":oops}\n${said}`, "malformed", /line of the stream is not valid JSON/u],
    ["a cut line", `${said}{"model":"m","mess`, "truncated", /cut off in the middle of a line/u],
  ])("%s is told for what it is", async (_what, body, code, words) => {
    await using served = await serveOllama({ body });
    const { exception, end } = await observe(served.provider.stream(request));
    expect(end).toBeUndefined();
    expect(exception).toMatchObject({ code, message: expect.stringMatching(words) });
  });
});

describe("a client", () => {
  test("asks the version, which only an Ollama answers so", async () => {
    await using served = await serveOllama({ body: '{"version":"0.13.0"}', headers: { "content-type": "application/json" } });
    expect(await new OllamaClient({ baseUrl: served.server.origin }).version()).toBe("0.13.0");
    expect(served.exchanges[0]?.request).toMatchObject({ method: "GET", url: "/api/version" });
    await using other = await serveOllama({ body: "<html><title>Printer</title></html>" });
    await expect(new OllamaClient({ baseUrl: other.server.origin }).version()).rejects.toMatchObject({ code: "malformed" });
  });

  test("sends its key as bearer, and none when it has none", async () => {
    await using served = await serveOllama({ body: '{"done":true}\n' });
    await observe(served.provider.stream(request));
    await observe(createOllamaProvider({ model: "m", baseUrl: `${served.server.origin}/api/`, retry: false }).stream(request));
    expect(served.exchanges.map((exchange) => [exchange.request.url, exchange.request.headers.authorization])).toEqual([
      ["/api/chat", `Bearer ${canary}`],
      ["/api/chat", undefined],
    ]);
  });

  test("sends a header that was configured by hand in place of the key", async () => {
    await using served = await serveOllama({ body: '{"done":true}\n' }, { headers: { Authorization: "Basic abc" } });
    await observe(served.provider.stream(request));
    expect(served.exchanges[0]?.request.headers.authorization).toBe("Basic abc");
  });

  test.each([
    ["five minutes to load, as Ollama sends no headers before", {}, 300_000],
    ["less time where its configuration says so", { deadlines: { headersMs: 7_000 } }, 7_000],
    ["more time where its configuration says so", { deadlines: { headersMs: 900_000 } }, 900_000],
  ])("gives a model %s", async (_time, config, headersMs) => {
    vi.useFakeTimers();
    try {
      const provider = createOllamaProvider({ model: "m", retry: false, fetch: () => new Promise(() => undefined), ...config });
      const asked = observe(provider.stream(request));
      let settled = false;
      void asked.finally(() => (settled = true));
      await vi.advanceTimersByTimeAsync(headersMs - 1_000);
      expect(settled).toBe(false);
      await vi.advanceTimersByTimeAsync(2_000);
      expect((await asked).exception).toMatchObject({ code: "timeout", phase: "headers" });
    } finally {
      vi.useRealTimers();
    }
  });
});
