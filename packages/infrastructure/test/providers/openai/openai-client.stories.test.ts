import {
  assistantMessage,
  type ChatProvider,
  collect,
  complete,
  type JsonObject,
  Secret,
  systemMessage,
  text,
  toolMessage,
  toolResult,
  userMessage,
} from "@chatport/domain";
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import {
  type ChatCompletionRequest,
  createOpenAIProvider,
  OpenAIClient,
  type OpenAIConfig,
  type ResponseFacts,
} from "../../../src/providers/openai/index.js";
import { observe } from "../../support/observed-answer.js";
import { goodStream } from "../../support/openai-server.js";

const key = "sk-test-canary-77aa01";
const server = setupServer();

beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

interface Taken {
  readonly url: string;
  readonly headers: Headers;
  readonly body: JsonObject;
}

const hello: ChatCompletionRequest = { model: "gpt-test", messages: [{ role: "user", content: "hi" }] };
const answer = {
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 1,
  model: "gpt-test-2026",
  choices: [{ index: 0, message: { role: "assistant", content: "Hello", refusal: null }, logprobs: null, finish_reason: "stop" }],
  usage: {
    prompt_tokens: 9,
    completion_tokens: 2,
    total_tokens: 11,
    prompt_tokens_details: { cached_tokens: 4 },
    completion_tokens_details: { reasoning_tokens: 1 },
  },
};

/** Answers chat completions at this address as the request asks, and keeps what was asked. */
function serve(
  base = "https://api.openai.com/v1",
  headers: Readonly<Record<string, string>> = {},
  whole: object = answer,
  stream = goodStream,
): readonly Taken[] {
  const taken: Taken[] = [];
  server.use(
    http.post(`${base}/chat/completions`, async ({ request }) => {
      const body = (await request.json()) as JsonObject;
      taken.push({ url: request.url, headers: request.headers, body });
      if (body["stream"] !== true) return HttpResponse.json(whole, { headers });
      return new HttpResponse(stream, { headers: { "content-type": "text/event-stream", ...headers } });
    }),
  );
  return taken;
}

function provide(config: Partial<OpenAIConfig> = {}): ChatProvider {
  return createOpenAIProvider({ model: "gpt-test", apiKey: key, retry: false, ...config });
}

describe("what a request carries", () => {
  test("key, organisation, project and further headers, as JSON, and nothing that was not configured", async () => {
    const taken = serve();
    await new OpenAIClient({
      apiKey: new Secret(key),
      organization: "org-1",
      project: "proj_1",
      headers: { "X-Trace": "7" },
    }).chatCompletion(hello);
    await new OpenAIClient().chatCompletion(hello);
    const [full, bare] = taken.map(({ headers }) => headers);
    expect(full?.get("authorization")).toBe(`Bearer ${key}`);
    expect(full?.get("openai-organization")).toBe("org-1");
    expect(full?.get("openai-project")).toBe("proj_1");
    expect(full?.get("x-trace")).toBe("7");
    expect(full?.get("content-type")).toBe("application/json");
    expect(full?.get("accept")).toBe("application/json");
    for (const name of ["authorization", "openai-organization", "openai-project"]) expect(bare?.has(name)).toBe(false);
  });

  test("a stream is asked for as one", async () => {
    const taken = serve();
    await collect(provide().stream({ messages: [userMessage("hi")] }));
    expect(taken[0]?.headers.get("accept")).toBe("text/event-stream");
    expect(taken[0]?.body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
  });

  test("headers of the configuration replace the client's own of the same name, however they are spelt", async () => {
    const taken = serve();
    const headers = { AUTHORIZATION: "Basic dTpw", "OpenAI-Organization": "org-2", Accept: "application/x-custom" };
    await new OpenAIClient({ apiKey: key, organization: "org-1", headers }).chatCompletion(hello);
    expect(taken[0]?.headers.get("authorization")).toBe("Basic dTpw");
    expect(taken[0]?.headers.get("openai-organization")).toBe("org-2");
    expect(taken[0]?.headers.get("accept")).toBe("application/x-custom");
  });

  test.each([
    ["https://api.openai.com/v1", undefined],
    ["https://api.openai.com/v1", "https://api.openai.com/v1/"],
    ["http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1"],
    ["https://gateway.example/team/openai/v1", "https://gateway.example/team/openai/v1//"],
    ["https://gateway.example", "https://gateway.example"],
  ])("goes to %s when the base URL is %s", async (base, baseUrl) => {
    const taken = serve(base);
    await new OpenAIClient(baseUrl === undefined ? {} : { baseUrl }).chatCompletion(hello);
    expect(taken.map(({ url }) => url)).toEqual([`${base}/chat/completions`]);
  });

  test("extraBody is merged last, verbatim", async () => {
    const taken = serve();
    const extraBody = { temperature: 1.9, top_k: 40, chat_template_kwargs: { enable_thinking: false } };
    await new OpenAIClient().chatCompletion({ ...hello, temperature: 0.1 }, { extraBody });
    await collect(
      provide().stream({
        messages: [userMessage("hi")],
        temperature: 0.1,
        providerOptions: { openai: { extraBody }, other: { extraBody: { no: 1 } } },
      }),
    );
    for (const { body } of taken) expect(body).toMatchObject(extraBody);
    expect(taken.map(({ body }) => body["no"])).toEqual([undefined, undefined]);
  });
});

describe("where a key goes", () => {
  test.each([
    ["another host", "https://evil.example/v1/chat/completions"],
    ["another port", "https://api.openai.com:8443/v1/chat/completions"],
    ["plain HTTP", "http://api.openai.com/v1/chat/completions"],
    ["the same origin", "https://api.openai.com/v2/chat/completions"],
  ])("a redirect to %s is not followed", async (_where, location) => {
    const followed = vi.fn<() => void>();
    server.use(
      http.post("https://api.openai.com/v1/chat/completions", () => new HttpResponse(null, { status: 307, headers: { location } })),
      http.post(location, () => {
        followed();
        return HttpResponse.json(answer);
      }),
    );
    await expect(new OpenAIClient({ apiKey: key }).chatCompletion(hello)).rejects.toMatchObject({ code: "invalid-request", status: 307 });
    expect(followed).not.toHaveBeenCalled();
  });

  test("a key that no header may hold is refused before any I/O, and not shown", async () => {
    const taken = serve();
    const { exception } = await observe(provide({ apiKey: "sk-test-1\r\nx: y" }).stream({ messages: [userMessage("hi")] }));
    expect(exception).toMatchObject({ code: "invalid-request" });
    expect(String(exception)).not.toContain("sk-test-1");
    expect(taken).toEqual([]);
  });
});

test("a custom fetch is used in place of the platform's", async () => {
  const sent: Request[] = [];
  const fetch: typeof globalThis.fetch = (input, init) => {
    sent.push(new Request(input, init));
    return Promise.resolve(Response.json(answer));
  };
  const { choices } = await new OpenAIClient({ apiKey: key, fetch }).chatCompletion(hello);
  expect(choices?.[0]?.message?.content).toBe("Hello");
  expect(sent.map(({ url }) => url)).toEqual(["https://api.openai.com/v1/chat/completions"]);
  expect(sent[0]?.headers.get("authorization")).toBe(`Bearer ${key}`);
});

test("request id and rate limits are told when the headers are here", async () => {
  const headers = {
    "x-request-id": "req_1",
    "x-ratelimit-limit-requests": "60",
    "x-ratelimit-remaining-requests": "59",
    "x-ratelimit-reset-tokens": "6m0s",
  };
  serve(undefined, headers);
  const told: ResponseFacts[] = [];
  const client = new OpenAIClient();
  const onResponse = (facts: ResponseFacts): void => void told.push(facts);
  await client.chatCompletion(hello, { onResponse });
  for await (const _chunk of client.streamChat(hello, { onResponse })) expect(told).toHaveLength(2);
  const expected = {
    status: 200,
    requestId: "req_1",
    rateLimits: { requests: { limit: 60, remaining: 59 }, tokens: { resetMs: 360_000 } },
  };
  expect(told).toEqual([expected, expected]);
});

describe("chatCompletion", () => {
  test("gives the answer as the API sends it, unknown fields and nulls included", async () => {
    serve(undefined, {}, { ...answer, service_tier: null, x_vendor: { region: "eu" } });
    expect(await new OpenAIClient().chatCompletion(hello)).toEqual({ ...answer, service_tier: null, x_vendor: { region: "eu" } });
  });

  test.each([
    ["an error with status 200", { error: { message: "no such deployment", code: "model_not_found" } }, "not-found", "no such deployment"],
    ["no choices", { ...answer, choices: [] }, "malformed", "no chat completion"],
    [
      "text completions",
      { object: "text_completion", choices: [{ text: "Hello", index: 0, finish_reason: "stop" }] },
      "malformed",
      "text completion",
    ],
    [
      "a number for content",
      { ...answer, choices: [{ index: 0, message: { content: 5 }, finish_reason: "stop" }] },
      "malformed",
      "content",
    ],
  ])("%s is an exception", async (_what, body, code, words) => {
    serve(undefined, {}, body);
    await expect(new OpenAIClient().chatCompletion(hello)).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  });

  test("an error carries the server's words, code, request id and advice", async () => {
    server.use(
      http.post("https://api.openai.com/v1/chat/completions", () =>
        HttpResponse.json(
          { error: { message: "Rate limit reached", code: "rate_limit_exceeded" } },
          { status: 429, headers: { "x-request-id": "req_9", "retry-after-ms": "250" } },
        ),
      ),
    );
    await expect(new OpenAIClient().chatCompletion(hello)).rejects.toMatchObject({
      code: "rate-limit",
      status: 429,
      providerCode: "rate_limit_exceeded",
      requestId: "req_9",
      retryAfterMs: 250,
      retryable: true,
      message: expect.stringContaining("Rate limit reached"),
    });
  });

  test("an abort rejects with its reason", async () => {
    serve();
    const reason = new Error("enough");
    await expect(new OpenAIClient().chatCompletion(hello, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe("streamChat", () => {
  test("is lazy, asks for usage and gives the chunks", async () => {
    const taken = serve();
    const chunks = new OpenAIClient().streamChat(hello);
    await Promise.resolve();
    expect(taken).toEqual([]);
    const read = [];
    for await (const chunk of chunks) read.push(chunk.choices?.[0]?.delta?.content);
    expect(read).toEqual(["Hello", ""]);
    expect(taken[0]?.body).toEqual({ ...hello, stream: true, stream_options: { include_usage: true } });
  });

  test.each([
    [{ include_obfuscation: false }, { include_usage: true, include_obfuscation: false }],
    [{ include_usage: false }, { include_usage: false }],
    [null, null],
  ])("stream options %j are sent as %j", async (asked, sent) => {
    const taken = serve();
    for await (const chunk of new OpenAIClient().streamChat({ ...hello, stream_options: asked })) expect(chunk.id).toBe("chatcmpl-1");
    expect(taken[0]?.body["stream_options"]).toEqual(sent);
  });

  test("a stream without an end throws, with what had come", async () => {
    serve(undefined, {}, answer, goodStream.slice(0, goodStream.indexOf("\n\n") + 2));
    const chunks = new OpenAIClient().streamChat(hello)[Symbol.asyncIterator]();
    expect(await chunks.next()).toMatchObject({ done: false });
    await expect(chunks.next()).rejects.toMatchObject({ code: "truncated", partial: { content: [{ type: "text", text: "Hello" }] } });
  });
});

describe("an invalid request", () => {
  test.each([
    ["temperature", { temperature: 3 }],
    ["messages.0.role", { messages: [{ role: "oracle", content: "hi" }] }],
    ["messages", { messages: [] }],
    ["top_logprobs", { top_logprobs: 99 }],
    ["maxTokens", { maxTokens: 5 }],
    ["tools.0", { tools: [{ type: "function" }] }],
    ["model", { model: "" }],
  ])("names %s, before any I/O", async (field, wrong) => {
    const taken = serve();
    // What JavaScript callers and configuration files can pass in spite of the types.
    const request = { ...hello, ...wrong } as unknown as ChatCompletionRequest;
    const client = new OpenAIClient();
    const expected = { code: "invalid-request", retryable: false, message: expect.stringContaining(field) };
    await expect(client.chatCompletion(request)).rejects.toMatchObject(expected);
    await expect(client.streamChat(request)[Symbol.asyncIterator]().next()).rejects.toMatchObject(expected);
    expect(taken).toEqual([]);
  });
});

describe("models", () => {
  const list = (body: object, status = 200): void =>
    server.use(http.get("https://api.openai.com/v1/models", () => HttpResponse.json(body, { status })));

  test("are listed by the client as they come, and by the provider in the port's terms", async () => {
    list({
      object: "list",
      data: [
        { id: "gpt-test", object: "model", created: 1_700_000_000, owned_by: "openai" },
        { id: "bare", created: null },
      ],
    });
    expect((await new OpenAIClient().listModels()).data[1]).toEqual({ id: "bare", created: null });
    expect(await provide().listModels?.()).toEqual([{ id: "gpt-test", createdAt: 1_700_000_000, ownedBy: "openai" }, { id: "bare" }]);
  });

  test("an error, and an answer that lists nothing, are exceptions", async () => {
    list({ error: { message: "Incorrect API key provided", code: "invalid_api_key" } }, 401);
    await expect(provide().listModels?.()).rejects.toMatchObject({ code: "authentication" });
    list({ detail: "Not here" });
    await expect(provide().listModels?.()).rejects.toMatchObject({ message: expect.stringContaining("Not here") });
  });
});

describe("what the port asks, on the wire", () => {
  test("structured output is a JSON schema, and its answer is text", async () => {
    const schema = { type: "object", properties: { age: { type: "integer" } }, required: ["age"], additionalProperties: false } as const;
    const taken = serve(
      undefined,
      {},
      { ...answer, choices: [{ index: 0, message: { role: "assistant", content: '{"age":3}' }, finish_reason: "stop" }] },
    );
    const { text: json } = await complete(provide(), { messages: [userMessage("hi")], output: { name: "person", schema } });
    expect(taken[0]?.body["response_format"]).toEqual({ type: "json_schema", json_schema: { name: "person", schema, strict: true } });
    expect(JSON.parse(json)).toEqual({ age: 3 });
  });

  test("a tool's call and its result make the round trip, opaque state included", async () => {
    const call = {
      id: "call_1",
      type: "function",
      function: { name: "weather", arguments: '{"city":"Paris"}' },
      extra_content: { google: { thought_signature: "c2ln" } },
    };
    serve(
      undefined,
      {},
      { ...answer, choices: [{ index: 0, message: { role: "assistant", content: null, tool_calls: [call] }, finish_reason: "stop" }] },
    );
    const tools = [
      { name: "weather", description: "Tells the weather", inputSchema: { type: "object", properties: { city: { type: "string" } } } },
    ];
    const first = await complete(provide(), { messages: [userMessage("Weather in Paris?")], tools, toolChoice: { tool: "weather" } });
    expect(first.finishReason).toBe("tool-calls");
    const [asked] = first.message.content;
    expect(asked).toMatchObject({ type: "tool-call", id: "call_1", name: "weather", input: { city: "Paris" } });
    if (asked?.type !== "tool-call") throw new Error("no call");

    const taken = serve();
    const messages = [userMessage("Weather in Paris?"), assistantMessage(first.message.content), toolMessage(toolResult(asked, "12 °C"))];
    expect((await complete(provide(), { messages, tools })).text).toBe("Hello");
    expect(taken[0]?.body["messages"]).toMatchObject([
      { role: "user", content: "Weather in Paris?" },
      { role: "assistant", tool_calls: [call] },
      { role: "tool", tool_call_id: "call_1", content: "12 °C" },
    ]);
    expect(taken[0]?.body["tools"]).toMatchObject([{ type: "function", function: { name: "weather" } }]);
  });

  test("images and files go along with the text", async () => {
    const taken = serve();
    const user = userMessage([
      text("What is this?"),
      { type: "image", source: { url: "https://example.org/a.png" }, mediaType: "image/png" },
      { type: "image", source: { base64: "iVBORw0K" }, mediaType: "image/png" },
      { type: "file", source: { base64: "JVBERi0x" }, mediaType: "application/pdf", name: "a.pdf" },
      { type: "file", source: { base64: "UklGRg==" }, mediaType: "audio/wav" },
    ]);
    await complete(provide(), { messages: [systemMessage("Be brief."), user] });
    expect(taken[0]?.body["messages"]).toMatchObject([
      { role: "system", content: "Be brief." },
      {
        role: "user",
        content: [
          { type: "text", text: "What is this?" },
          { type: "image_url", image_url: { url: "https://example.org/a.png" } },
          { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0K" } },
          { type: "file", file: { filename: "a.pdf", file_data: "data:application/pdf;base64,JVBERi0x" } },
          { type: "input_audio", input_audio: { data: "UklGRg==", format: "wav" } },
        ],
      },
    ]);
  });

  test("a whole delivery asks for no stream, and its events are the same", async () => {
    const taken = serve();
    const whole = await observe(provide().stream({ messages: [userMessage("hi")] }, { delivery: "whole" }));
    expect(taken[0]?.body["stream"] ?? false).toBe(false);
    expect(taken[0]?.body).not.toHaveProperty("stream_options");
    expect(whole.events.map(({ type }) => type)).toEqual(["message-start", "text-delta", "usage", "part-end", "message-end"]);
    expect(whole.end).toMatchObject({
      finishReason: "stop",
      usage: { inputTokens: 9, outputTokens: 2, cachedInputTokens: 4, reasoningTokens: 1 },
    });
  });

  test("what cannot be expressed fails before any I/O", async () => {
    const taken = serve();
    const { exception } = await observe(provide().stream({ messages: [userMessage("hi")], stopSequences: ["1", "2", "3", "4", "5"] }));
    expect(exception).toMatchObject({ code: "unsupported" });
    expect(taken).toEqual([]);
  });

  test("a transient failure is asked again by default, and the key is on every attempt", async () => {
    const taken = serve();
    server.use(
      http.post(
        "https://api.openai.com/v1/chat/completions",
        () => HttpResponse.json({ error: { message: "overloaded" } }, { status: 503 }),
        { once: true },
      ),
    );
    const provider = createOpenAIProvider({ model: "gpt-test", apiKey: key, retry: { baseDelayMs: 1, maxDelayMs: 1 } });
    expect((await collect(provider.stream({ messages: [userMessage("hi")] }))).text).toBe("Hello");
    expect(taken[0]?.headers.get("authorization")).toBe(`Bearer ${key}`);
  });
});
