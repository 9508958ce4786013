import { assistantMessage, userMessage } from "@chatport/domain";
import OpenAI, { AzureOpenAI } from "openai";
import { describe, expect, test } from "vitest";
import { adaptHistory } from "../../../../src/http/index.js";
import { azureOpenAIHistoryRules } from "../../../../src/providers/openai/index.js";
import { joined, observe } from "../../../support/observed-answer.js";
import { canary, respond } from "../../../support/openai-server.js";
import { serveAzure } from "./azure-server.js";

const model = "my-deployment";
const event = (value: object): string => `data: ${JSON.stringify(value)}\n\n`;
const envelope = { id: "resp_1", object: "response", model, output: [] };
const content = { type: "output_text", text: "", annotations: [] };
const message = { id: "msg_1", type: "message", role: "assistant", content: [{ ...content, text: "Hello" }] };
const at = { item_id: "msg_1", output_index: 0, content_index: 0 };

/** As Azure documents the events of `POST /openai/v1/responses` (https://learn.microsoft.com/azure/foundry/openai/how-to/responses#streaming). */
const stream = [
  { type: "response.created", response: { ...envelope, status: "in_progress" } },
  { type: "response.output_item.added", output_index: 0, item: { ...message, status: "in_progress", content: [] } },
  { type: "response.content_part.added", ...at, part: content },
  { type: "response.output_text.delta", ...at, delta: "Hello" },
  { type: "response.output_text.done", ...at, text: "Hello" },
  { type: "response.content_part.done", ...at, part: { ...content, text: "Hello" } },
  { type: "response.output_item.done", output_index: 0, item: { ...message, status: "completed" } },
  {
    type: "response.completed",
    response: {
      ...envelope,
      status: "completed",
      output: [{ ...message, status: "completed" }],
      usage: { input_tokens: 1, output_tokens: 2 },
    },
  },
]
  .map(event)
  .join("");

const request = { messages: [userMessage("hi")] };

describe.each([
  {
    what: "a dated version",
    config: { apiVersion: "2025-04-01-preview" },
    client: (endpoint: string): OpenAI => new AzureOpenAI({ endpoint, apiKey: canary, apiVersion: "2025-04-01-preview", maxRetries: 0 }),
  },
  {
    what: "v1",
    config: {},
    client: (endpoint: string): OpenAI =>
      new OpenAI({
        baseURL: `${endpoint}/openai/v1`,
        apiKey: canary,
        defaultHeaders: { authorization: null, "api-key": canary },
        maxRetries: 0,
      }),
  },
])("the Responses API of Azure, $what", ({ config, client }) => {
  test("is asked where OpenAI's own client asks it, with the same key, for the same model", async () => {
    await using served = await serveAzure(respond(stream), { ...config, api: "responses" });
    const { parts, end } = await observe(served.provider.stream(request));
    let theirs = "";
    for await (const each of await client(served.endpoint).responses.create({ model, input: "hi", stream: true })) {
      if (each.type === "response.output_text.delta") theirs += each.delta;
    }
    expect(joined(parts, "text")).toBe(theirs);
    expect(end).toMatchObject({ finishReason: "stop", usage: { inputTokens: 1, outputTokens: 2 } });
    const [mine, expected] = served.exchanges.map(({ request: { method, url, headers }, body }) => ({
      method,
      url,
      key: headers["api-key"],
      authorization: headers.authorization,
      model: JSON.parse(body).model,
    }));
    expect(mine).toEqual(expected);
  });

  test("refuses a prompt with the categories", async () => {
    const results = { hate: { filtered: true, severity: "high" }, violence: { filtered: false, severity: "safe" } };
    const error = { code: "content_filter", message: "Refused.", content_filters: [{ blocked: true, content_filter_results: results }] };
    await using served = await serveAzure(respond(JSON.stringify({ error }), {}, 400), { ...config, api: "responses" });
    const { exception } = await observe(served.provider.stream(request));
    expect(exception).toMatchObject({ code: "content-filter", status: 400 });
    expect(exception?.message).toMatch(/^Filtered for hate \(high\): Refused\./u);
  });
});

const safe = { filtered: false, severity: "safe" };
const offsets = { start_offset: 0, end_offset: 120, check_offset: 0 };
const about = { blocked: false, content_filter_raw: null, content_filter_offsets: offsets };
/** A list of `content_filters` as github.com/Azure/azure-rest-api-specs/pull/42141 shows it; the entries that found nothing are not kept. */
const filters = [
  { ...about, source_type: "prompt", content_filter_results: { hate: safe, jailbreak: { filtered: false, detected: true } } },
  { ...about, source_type: "completion", content_filter_results: { hate: safe } },
  { ...about, source_type: "completion", content_filter_results: { hate: safe, violence: { filtered: true, severity: "medium" } } },
  { ...about, source_type: "completion", blocked: true, content_filter_results: {} },
];
/** As a server might send them, with what nobody knows yet in between. */
const listed = [filters[0], null, "later", ...filters.slice(1)];
const kept = [
  { content_filters: [{ ...filters[0], content_filter_results: { jailbreak: { filtered: false, detected: true } } }] },
  { content_filters: [{ ...filters[2], content_filter_results: { violence: { filtered: true, severity: "medium" } } }] },
  { content_filters: [{ ...filters[3], content_filter_results: {} }] },
];
const completed = { ...envelope, status: "completed", output: [{ ...message, status: "completed" }] };

describe("what Azure's filters found in an answer of the Responses API", () => {
  const cases = {
    "a stream": event({ type: "response.completed", response: { ...completed, content_filters: listed } }),
    "a stream that says it at first and goes on to repeat it": [
      { type: "response.created", response: { ...envelope, status: "in_progress", content_filters: filters.slice(0, 1) } },
      { type: "response.in_progress", response: { ...envelope, status: "in_progress", content_filters: listed } },
      { type: "response.completed", response: { ...completed, content_filters: listed } },
    ]
      .map(event)
      .join(""),
    "a stream that says it at first alone": [
      { type: "response.created", response: { ...envelope, status: "in_progress", content_filters: listed } },
      { type: "response.completed", response: completed },
    ]
      .map(event)
      .join(""),
    "a whole answer": JSON.stringify({ ...completed, content_filters: listed }),
    "an answer that was cut": event({
      type: "response.incomplete",
      response: { ...completed, status: "incomplete", incomplete_details: { reason: "content_filter" }, content_filters: listed },
    }),
  };

  test.each(Object.entries(cases))("is kept behind the text, and nothing else of it: %s", async (what, body) => {
    const type = what === "a whole answer" ? "application/json" : "text/event-stream";
    await using served = await serveAzure(respond(body, { "content-type": type }), { api: "responses" });
    const { parts, end, exception } = await observe(served.provider.stream(request));
    expect(exception).toBeUndefined();
    expect(end?.finishReason).toBe(what === "an answer that was cut" ? "content-filter" : "stop");
    expect(parts[0]).toMatchObject({ type: "text", text: "Hello" });
    const origin = new URL(served.endpoint).origin;
    expect(parts.slice(1)).toEqual(
      kept.map((data) => ({ type: "provider", vendor: "openai", data, providerMetadata: { openai: { origin } } })),
    );
  });

  test.each([[undefined], [null], [[]], [{}], ["none"], [[null, 1, { content_filter_results: "none" }, { blocked: false }]]])(
    "is nothing where the list is %j",
    async (list) => {
      const body = event({ type: "response.completed", response: { ...completed, content_filters: list } });
      await using served = await serveAzure(respond(body), { api: "responses" });
      const { parts, end } = await observe(served.provider.stream(request));
      expect(parts.map(({ type }) => type)).toEqual(["text"]);
      expect(end?.finishReason).toBe("stop");
    },
  );

  test.each([
    ["of the response", { error: { code: "content_filter", message: "Refused." }, content_filters: listed }],
    ["of its error", { error: { code: "content_filter", message: "Refused.", content_filters: listed } }],
  ])("is told by the exception of a response that failed: %s", async (_where, told) => {
    const body = event({ type: "response.failed", response: { ...envelope, status: "failed", ...told } });
    await using served = await serveAzure(respond(body), { api: "responses" });
    const { exception } = await observe(served.provider.stream(request));
    expect(exception).toMatchObject({ code: "content-filter" });
    expect(exception?.message).toMatch(/^Filtered for jailbreak, violence \(medium\): Refused\./u);
  });

  test.each(["chat-completions", "responses"] as const)("goes to no request of %s, and the loss is told", async (api) => {
    const parts = kept.map((data) => ({ type: "provider", vendor: "openai", data }) as const);
    const said = [userMessage("hi"), assistantMessage(parts), userMessage("and?")];
    await using served = await serveAzure(respond(JSON.stringify(completed), { "content-type": "application/json" }), { api });
    await observe(served.provider.stream({ messages: said }, { delivery: "whole" }));
    expect(served.exchanges[0]?.body).not.toContain("content_filter");
    const { losses } = adaptHistory(said, azureOpenAIHistoryRules({ endpoint: served.endpoint, api }));
    expect(losses.map(({ message: index, part, what }) => ({ index, part, what }))).toEqual(
      kept.map((_, part) => ({ index: 1, part, what: "provider-part" })),
    );
  });
});
