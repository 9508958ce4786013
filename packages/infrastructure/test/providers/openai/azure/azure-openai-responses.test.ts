import { userMessage } from "@chatport/domain";
import OpenAI, { AzureOpenAI } from "openai";
import { describe, expect, test } from "vitest";
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
