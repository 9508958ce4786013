import { assistantMessage, type ChatRequest, systemMessage, text, toolMessage, toolResult, userMessage } from "@chatport/domain";
import OpenAI from "openai";
import { expect, test } from "vitest";
import { joined, observe } from "../../support/observed-answer.js";
import { canary, goodStream, respond, serve } from "../../support/openai-server.js";
import { jsonCases, streamCases } from "../../support/wire-cases.js";

type Theirs = Omit<OpenAI.ChatCompletionCreateParamsStreaming, "model" | "stream" | "stream_options">;

const parameters = { type: "object", required: ["city"], properties: { city: { type: "string" } }, additionalProperties: false };
const call = { type: "tool-call", id: "call_1", name: "weather", input: { city: "Paris" }, json: '{"city":"Paris"}' } as const;
const tools = [{ name: "weather", description: "The weather.", inputSchema: parameters }];
const theirTools: Theirs["tools"] = [{ type: "function", function: { name: "weather", description: "The weather.", parameters } }];

/** The same meaning, said to our port and to OpenAI's npm client (7.x). */
const conversations: Readonly<Record<string, readonly [ours: ChatRequest, theirs: Theirs]>> = {
  text: [{ messages: [userMessage("hi")] }, { messages: [{ role: "user", content: "hi" }] }],
  "a system message, and one in mid-conversation": [
    { messages: [systemMessage("Be brief."), userMessage("hi"), assistantMessage("Yes?"), systemMessage("Be long."), userMessage("go")] },
    {
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "hi" },
        { role: "assistant", content: "Yes?" },
        { role: "system", content: "Be long." },
        { role: "user", content: "go" },
      ],
    },
  ],
  "a round trip of tools": [
    {
      messages: [userMessage("weather?"), assistantMessage([call]), toolMessage(toolResult(call, "sunny"))],
      tools,
      toolChoice: { tool: "weather" },
    },
    {
      messages: [
        { role: "user", content: "weather?" },
        {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "call_1", type: "function", function: { name: "weather", arguments: '{"city":"Paris"}' } }],
        },
        { role: "tool", tool_call_id: "call_1", content: "sunny" },
      ],
      tools: theirTools,
      tool_choice: { type: "function", function: { name: "weather" } },
    },
  ],
  "an image and a document": [
    {
      messages: [
        userMessage([
          text("What?"),
          { type: "image", mediaType: "image/png", source: { base64: "AQID" } },
          { type: "image", mediaType: "image/png", source: { url: "https://example.com/a.png" } },
          { type: "file", mediaType: "application/pdf", name: "a.pdf", source: { base64: "AQID" } },
        ]),
      ],
    },
    {
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "What?" },
            { type: "image_url", image_url: { url: "data:image/png;base64,AQID" } },
            { type: "image_url", image_url: { url: "https://example.com/a.png" } },
            { type: "file", file: { filename: "a.pdf", file_data: "data:application/pdf;base64,AQID" } },
          ],
        },
      ],
    },
  ],
  "structured output": [
    { messages: [userMessage("where?")], output: { name: "place", schema: parameters } },
    {
      messages: [{ role: "user", content: "where?" }],
      response_format: { type: "json_schema", json_schema: { name: "place", schema: parameters, strict: true } },
    },
  ],
  parameters: [
    {
      messages: [userMessage("hi")],
      maxOutputTokens: 10,
      temperature: 0.5,
      topP: 0.9,
      stopSequences: ["END"],
      reasoning: "low",
      providerOptions: { openai: { serviceTier: "flex", parallelToolCalls: false }, anthropic: { topK: 5 } },
    },
    {
      messages: [{ role: "user", content: "hi" }],
      max_completion_tokens: 10,
      temperature: 0.5,
      top_p: 0.9,
      stop: ["END"],
      reasoning_effort: "low",
      service_tier: "flex",
      parallel_tool_calls: false,
    },
  ],
};

test.each(Object.entries(conversations))("%s: our request is the one that OpenAI's own client sends", async (_what, [ours, theirs]) => {
  await using served = await serve([respond(goodStream)]);
  const client = new OpenAI({ apiKey: canary, baseURL: `${served.server.origin}/v1`, maxRetries: 0 });
  await observe(served.provider.stream(ours));
  for await (const _chunk of await client.chat.completions.create({
    model: "gpt-test",
    stream: true,
    stream_options: { include_usage: true },
    ...theirs,
  }));
  const [sent, expected] = served.exchanges.map(({ request, body }) => ({
    method: request.method,
    url: request.url,
    type: request.headers["content-type"],
    authorization: request.headers.authorization,
    body: JSON.parse(body),
  }));
  expect(sent).toEqual(expected);
});

const ofOpenAI = streamCases.filter(
  ({ name, expected }) => name.startsWith("openai-") && expected.error === undefined && !expected.incomplete,
);

test.each(ofOpenAI)("$name: we read what OpenAI's own client reads", async ({ sse }) => {
  await using served = await serve([respond(sse)]);
  const client = new OpenAI({ apiKey: canary, baseURL: `${served.server.origin}/v1`, maxRetries: 0 });
  let theirText = "";
  let theirFinish: string | null = null;
  let theirTokens: number | undefined;
  for await (const chunk of await client.chat.completions.create({
    model: "m",
    stream: true,
    messages: [{ role: "user", content: "hi" }],
  })) {
    const choice = chunk.choices.find(({ index }) => index === 0);
    theirText += choice?.delta.content ?? "";
    theirFinish = choice?.finish_reason ?? theirFinish;
    theirTokens = chunk.usage?.completion_tokens ?? theirTokens;
  }
  const { parts, end } = await observe(served.provider.stream({ messages: [userMessage("hi")] }));
  expect(joined(parts, "text")).toBe(theirText);
  expect(end?.rawFinishReason ?? null).toBe(theirFinish);
  expect(end?.usage?.outputTokens).toBe(theirTokens);
});

test.each(jsonCases.filter(({ name }) => name.startsWith("json-openai")))("$name: a whole answer, too", async ({ body }) => {
  await using served = await serve([respond(body, { "content-type": "application/json" })]);
  const client = new OpenAI({ apiKey: canary, baseURL: `${served.server.origin}/v1`, maxRetries: 0 });
  const theirs = await client.chat.completions.create({ model: "m", messages: [{ role: "user", content: "hi" }] });
  const { parts } = await observe(served.provider.stream({ messages: [userMessage("hi")] }, { delivery: "whole" }));
  expect(joined(parts, "text")).toBe(theirs.choices[0]?.message.content ?? "");
  const theirCalls = theirs.choices[0]?.message.tool_calls ?? [];
  expect(parts.filter(({ type }) => type === "tool-call")).toMatchObject(theirCalls.map(({ id }) => ({ id })));
});
