import { assistantMessage, type ChatRequest, systemMessage, text, toolMessage, toolResult, userMessage } from "@chatport/domain";
import OpenAI, { AzureOpenAI } from "openai";
import { describe, expect, test } from "vitest";
import type { AzureOpenAIConfig } from "../../../../src/providers/openai/index.js";
import { joined, observe } from "../../../support/observed-answer.js";
import { canary, goodStream, respond } from "../../../support/openai-server.js";
import { streamCases } from "../../../support/wire-cases.js";
import { type AzureServed, serveAzure } from "./azure-server.js";

const parameters = { type: "object", required: ["city"], properties: { city: { type: "string" } }, additionalProperties: false };
const call = { type: "tool-call", id: "call_1", name: "weather", input: { city: "Paris" }, json: '{"city":"Paris"}' } as const;

const ours: ChatRequest = {
  messages: [
    systemMessage("Be brief."),
    userMessage([text("What?"), { type: "image", mediaType: "image/png", source: { base64: "AQID" } }]),
    assistantMessage([call]),
    toolMessage(toolResult(call, "sunny")),
  ],
  tools: [{ name: "weather", description: "The weather.", inputSchema: parameters }],
  output: { name: "place", schema: parameters },
  maxOutputTokens: 10,
  reasoning: "low",
};

const theirs = {
  stream: true,
  stream_options: { include_usage: true },
  messages: [
    { role: "system", content: "Be brief." },
    {
      role: "user",
      content: [
        { type: "text", text: "What?" },
        { type: "image_url", image_url: { url: "data:image/png;base64,AQID" } },
      ],
    },
    {
      role: "assistant",
      content: null,
      tool_calls: [{ id: "call_1", type: "function", function: { name: "weather", arguments: '{"city":"Paris"}' } }],
    },
    { role: "tool", tool_call_id: "call_1", content: "sunny" },
  ],
  tools: [{ type: "function", function: { name: "weather", description: "The weather.", parameters } }],
  response_format: { type: "json_schema", json_schema: { name: "place", schema: parameters, strict: true } },
  max_completion_tokens: 10,
  reasoning_effort: "low",
} satisfies Omit<OpenAI.ChatCompletionCreateParamsStreaming, "model">;

/** The client that Azure's documentation uses for each version of the API. */
const worlds: readonly {
  readonly what: string;
  readonly config: Partial<AzureOpenAIConfig>;
  readonly client: (endpoint: string) => OpenAI;
}[] = [
  {
    what: "a dated version and a key",
    config: { apiVersion: "2024-10-21" },
    client: (endpoint) => new AzureOpenAI({ endpoint, apiKey: canary, apiVersion: "2024-10-21", maxRetries: 0 }),
  },
  {
    what: "a dated preview and a token",
    config: { apiVersion: "2025-04-01-preview", token: async () => canary },
    client: (endpoint) =>
      new AzureOpenAI({ endpoint, azureADTokenProvider: async () => canary, apiVersion: "2025-04-01-preview", maxRetries: 0 }),
  },
  {
    what: "v1 and a key",
    config: {},
    // Left alone, it would send the key as OpenAI's own; Azure's requests by hand have `api-key`.
    client: (endpoint) =>
      new OpenAI({
        baseURL: `${endpoint}/openai/v1`,
        apiKey: canary,
        defaultHeaders: { authorization: null, "api-key": canary },
        maxRetries: 0,
      }),
  },
  {
    what: "v1 and a token",
    config: { token: async () => canary },
    client: (endpoint) => new OpenAI({ baseURL: `${endpoint}/openai/v1`, apiKey: async () => canary, maxRetries: 0 }),
  },
];

function sent({ exchanges }: AzureServed) {
  return exchanges.map(({ request: { method, url, headers }, body }) => ({
    method,
    url,
    type: headers["content-type"],
    key: headers["api-key"],
    authorization: headers.authorization,
    body: body === "" ? undefined : JSON.parse(body),
  }));
}

describe.each(worlds)("with $what, our request is the one that OpenAI's own client sends", ({ config, client }) => {
  test.each(["my-deployment", "Größe 1/2?#%", "gpt-4.1_mini:x@y", "...a"])("for the deployment %j", async (model) => {
    await using served = await serveAzure(respond(goodStream), config);
    await observe(served.provider.stream({ ...ours, model }));
    for await (const _chunk of await client(served.endpoint).chat.completions.create({ ...theirs, model }));
    const [mine, expected] = sent(served);
    expect(mine).toEqual(expected);
    expect(mine?.url).toContain("/openai/");
  });

  test("for the models", async () => {
    const list = '{"object":"list","data":[{"id":"gpt-4o","object":"model","created":1,"owned_by":"system"}]}';
    await using served = await serveAzure(respond(list, { "content-type": "application/json" }), config);
    expect(await served.provider.listModels?.()).toMatchObject([{ id: "gpt-4o" }]);
    await client(served.endpoint).models.list();
    const [mine, expected] = sent(served).map(({ type: _type, ...rest }) => rest);
    expect(mine).toEqual(expected);
  });

  test.each(streamCases.filter(({ name }) => name.startsWith("azure-") && name !== "azure-async-filter-choice-without-delta"))(
    "and of $name we read what it reads",
    async ({ sse }) => {
      await using served = await serveAzure(respond(sse), config);
      let theirText = "";
      let theirFinish: string | null = null;
      for await (const { choices } of await client(served.endpoint).chat.completions.create({ ...theirs, model: "m" })) {
        theirText += choices[0]?.delta.content ?? "";
        theirFinish = choices[0]?.finish_reason ?? theirFinish;
      }
      const { parts, end } = await observe(served.provider.stream({ messages: [userMessage("hi")] }));
      expect(joined(parts, "text")).toBe(theirText);
      expect(end?.rawFinishReason).toBe(theirFinish);
    },
  );
});

test("a preview of v1 says so in the query", async () => {
  await using served = await serveAzure(respond(goodStream), { apiVersion: "preview" });
  await observe(served.provider.stream(ours));
  expect(served.exchanges[0]?.request.url).toBe("/openai/v1/chat/completions?api-version=preview");
});

test("a gateway's path stays in front", async () => {
  await using outer = await serveAzure(respond(goodStream));
  await using served = await serveAzure(respond(""), { endpoint: `${outer.endpoint}/team/`, apiVersion: "2024-10-21" });
  await observe(served.provider.stream(ours));
  expect(outer.exchanges[0]?.request.url).toBe("/team/openai/deployments/my-deployment/chat/completions?api-version=2024-10-21");
});
