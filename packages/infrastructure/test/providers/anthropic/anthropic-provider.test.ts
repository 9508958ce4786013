import { inspect } from "node:util";
import { type ChatException, type ChatProvider, isChatException, Secret, userMessage } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { type AnthropicConfig, anthropicProviderFactory, createAnthropicProvider } from "../../../src/providers/anthropic/index.js";
import { type Exchange, startLoopbackServer } from "../../../src/testing/index.js";
import { observe } from "../../support/observed-answer.js";
import { fixture } from "./anthropic-streams.js";

const canary = "sk-ant-canary-3f9a";
const request = { messages: [userMessage("hi")] };

/** A provider and the server that it talks to; `answers` are used in turn, the last one again and again. */
async function serve(answers: readonly ((exchange: Exchange) => void)[], config: Partial<AnthropicConfig> = {}) {
  const seen: Exchange[] = [];
  const server = await startLoopbackServer(async (exchange) => {
    seen.push(exchange);
    answers[Math.min(seen.length, answers.length) - 1]?.(exchange);
  });
  const settings = { model: "claude-test", apiKey: canary, baseUrl: server.origin, retry: false as const, ...config };
  return { provider: createAnthropicProvider(settings), seen, origin: server.origin, [Symbol.asyncDispose]: () => server.close() };
}

function json(value: object, status = 200, headers: Readonly<Record<string, string>> = {}) {
  return ({ response }: Exchange): void => {
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
  };
}

function stream({ response }: Exchange): void {
  response.writeHead(200, { "content-type": "text/event-stream" }).end(fixture("text.sse"));
}

async function failureOf(provider: ChatProvider): Promise<ChatException> {
  const { exception } = await observe(provider.stream(request));
  if (exception === undefined) throw new Error("The call should fail.");
  return exception;
}

describe("an error status", () => {
  // The types are those of https://platform.claude.com/docs/en/api/errors, the messages those that the API answers with.
  test.each([
    [400, "invalid_request_error", "messages: at least one message is required", "invalid-request", false],
    [400, "invalid_request_error", "prompt is too long: 215104 tokens > 200000 maximum", "context-overflow", false],
    [
      400,
      "invalid_request_error",
      "input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000, decrease input length or `max_tokens` and try again",
      "context-overflow",
      false,
    ],
    [400, "invalid_request_error", "Your credit balance is too low to access the Anthropic API.", "quota", false],
    [400, "invalid_request_error", "You have reached your specified API usage limits.", "quota", false],
    [401, "authentication_error", "invalid x-api-key", "authentication", false],
    [402, "billing_error", "Check your payment details.", "quota", false],
    [403, "permission_error", "Your API key does not have permission to use the specified resource.", "permission", false],
    [404, "not_found_error", "model: claude-nope", "not-found", false],
    [413, "request_too_large", "Request exceeds the maximum size", "context-overflow", false],
    [429, "rate_limit_error", "This request would exceed your organization's rate limit", "rate-limit", true],
    [500, "api_error", "Internal server error", "unavailable", true],
    [504, "timeout_error", "The request timed out", "unavailable", true],
    [529, "overloaded_error", "Overloaded", "unavailable", true],
  ])("%i %s (%s) is %s", async (status, type, message, code, retryable) => {
    const body = { type: "error", error: { type, message }, request_id: "req_body" };
    await using server = await serve([json(body, status, { "request-id": "req_011CSHoEeqs5C35K2UUqR7Fy" })]);
    expect(await failureOf(server.provider)).toMatchObject({
      code,
      retryable,
      status,
      providerCode: type,
      requestId: "req_011CSHoEeqs5C35K2UUqR7Fy",
      message: expect.stringContaining(message),
    });
  });

  test("tells how long to wait", async () => {
    const body = { type: "error", error: { type: "rate_limit_error", message: "Slow down" } };
    await using server = await serve([json(body, 429, { "retry-after": "7" })]);
    expect(await failureOf(server.provider)).toMatchObject({ retryAfterMs: 7_000 });
  });
});

describe("a request", () => {
  test("goes to /v1/messages, whether or not the base URL ends in /v1", async () => {
    await using server = await serve([stream]);
    for (const baseUrl of [server.origin, `${server.origin}/v1/`, `${server.origin}/proxy`]) {
      await observe(createAnthropicProvider({ model: "m", baseUrl }).stream(request));
    }
    expect(server.seen.map((exchange) => exchange.request.url)).toEqual(["/v1/messages", "/v1/messages", "/proxy/v1/messages"]);
  });

  test("carries the key, the version and the configured headers, which replace our own", async () => {
    await using server = await serve([stream], { headers: { "Anthropic-Version": "2099-01-01", "anthropic-beta": "one,two" } });
    await observe(server.provider.stream(request));
    expect(server.seen[0]?.request.headers).toMatchObject({
      "x-api-key": canary,
      "anthropic-version": "2099-01-01",
      "anthropic-beta": "one,two",
    });
  });

  test("carries a key's header that was configured by hand in place of the key", async () => {
    await using server = await serve([stream], { headers: { "X-Api-Key": "by-hand" } });
    await observe(server.provider.stream(request));
    expect(server.seen[0]?.request.headers["x-api-key"]).toBe("by-hand");
  });

  test("has the extra body merged over it last", async () => {
    await using server = await serve([stream]);
    await observe(
      server.provider.stream({ ...request, providerOptions: { anthropic: { extraBody: { max_tokens: 1, mcp_servers: [] } } } }),
    );
    expect(JSON.parse(server.seen[0]?.body ?? "")).toMatchObject({ max_tokens: 1, mcp_servers: [], stream: true });
  });

  test("that is overloaded at first is made again, unless retries are off", async () => {
    const overloaded = json({ type: "error", error: { type: "overloaded_error", message: "Overloaded" } }, 529);
    await using server = await serve([overloaded, stream], { retry: { baseDelayMs: 1, maxDelayMs: 1 } });
    const { end } = await observe(server.provider.stream(request));
    expect(end).toMatchObject({ finishReason: "stop" });
    expect(server.seen).toHaveLength(2);
  });
});

describe("listModels", () => {
  test("reads all pages, with what is told of each model", async () => {
    const page = (id: string, more: boolean) => ({
      data: [
        {
          type: "model",
          id,
          display_name: `Model ${id}`,
          created_at: "2026-07-24T00:00:00Z",
          max_input_tokens: 1_000_000,
          max_tokens: 128_000,
        },
      ],
      has_more: more,
      first_id: id,
      last_id: id,
    });
    await using server = await serve([json(page("a/1", true)), json(page("b", false))]);
    const models = await server.provider.listModels?.();
    expect(models?.map(({ id }) => id)).toEqual(["a/1", "b"]);
    expect(models?.[0]).toEqual({
      id: "a/1",
      displayName: "Model a/1",
      contextWindow: 1_000_000,
      maxOutputTokens: 128_000,
      createdAt: Date.UTC(2026, 6, 24) / 1000,
    });
    expect(server.seen.map((exchange) => exchange.request.url)).toEqual(["/v1/models?limit=1000", "/v1/models?limit=1000&after_id=a%2F1"]);
  });

  test("ends where a server repeats itself, and tells no date where there is none", async () => {
    const page = { data: [{ id: "a", created_at: "1970-01-01T00:00:00Z" }], has_more: true, last_id: "a" };
    await using server = await serve([json(page)]);
    expect(await server.provider.listModels?.()).toEqual([{ id: "a" }, { id: "a" }]);
  });

  test("fails as a request does", async () => {
    await using server = await serve([json({ type: "error", error: { type: "authentication_error", message: `no: ${canary}` } }, 401)]);
    const error: unknown = await server.provider.listModels?.().catch((reason: unknown) => reason);
    expect(isChatException(error) && error.code).toBe("authentication");
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(canary);
  });
});

describe("the factory", () => {
  const create = async (table: object) => {
    const asked: string[] = [];
    const read = await anthropicProviderFactory.configSchema["~standard"].validate(table);
    if (read.issues !== undefined) return read.issues.map(({ message }) => message);
    const secret = (reference: string) => {
      asked.push(reference);
      return new Secret(canary);
    };
    const provider = (): never => {
      throw new Error("No other provider is asked for.");
    };
    const made = anthropicProviderFactory.create(read.value, { name: "work", provider, secret });
    return { name: made.name, vendor: made.vendor, asked };
  };

  test("takes the usual key for Anthropic's own API, and none unasked elsewhere", async () => {
    const made = { name: "work", vendor: "anthropic" };
    expect(await create({})).toEqual({ ...made, asked: ["env:ANTHROPIC_API_KEY"] });
    expect(await create({ apiKey: "env:MINE", maxOutputTokens: 5 })).toEqual({ ...made, asked: ["env:MINE"] });
    expect(await create({ model: "m", baseUrl: "http://127.0.0.1:8080" })).toEqual({ ...made, asked: [] });
  });

  test.each([
    [{ maxTokens: 5 }, /^Unknown: maxTokens\. Known: .*maxOutputTokens/u],
    [{ maxOutputTokens: 0 }, /a whole number of tokens, 1 or more/u],
    [{ systemMessages: "bottom" }, /"top" or "in-place"/u],
    [{ baseUrl: "https://api.anthropic.com/v1/messages" }, /must end before \/v1\/messages/u],
    [{ headers: { "X-Api-Key": "k" } }, /Set apiKey instead/u],
    [{ apiKey: "sk-ant-secret" }, /a reference to the key/u],
  ])("refuses %j, saying what is expected", async (table, message) => {
    expect(await create(table)).toEqual([expect.stringMatching(message)]);
  });
});
