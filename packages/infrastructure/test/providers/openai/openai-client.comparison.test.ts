import { assistantMessage, type ChatRequest, text, toolMessage, toolResult, userMessage } from "@chatport/domain";
import type OpenAI from "openai";
import { expect, test } from "vitest";
import { joined, observe } from "../../support/observed-answer.js";
import { goodStream, respond, serve } from "../../support/openai-server.js";
import { plainTalk, plainTalkOnWire } from "../../support/plain-talk.js";
import { call, citySchema, weather } from "../../support/sample-parts.js";
import { jsonCases, streamCases } from "../../support/wire-cases.js";
import { officialClientOf, sentTo } from "./official-client.js";

type Theirs = Omit<OpenAI.ChatCompletionCreateParamsStreaming, "model" | "stream" | "stream_options">;

/** The same meaning, said to our port and to OpenAI's npm client (7.x). */
const conversations: Readonly<Record<string, readonly [ours: ChatRequest, theirs: Theirs]>> = {
  text: [{ messages: [userMessage("hi")] }, { messages: [{ role: "user", content: "hi" }] }],
  "a system message, and one in mid-conversation": [{ messages: plainTalk }, { messages: plainTalkOnWire }],
  "a round trip of tools": [
    {
      messages: [userMessage("weather?"), assistantMessage([call]), toolMessage(toolResult(call, "sunny"))],
      tools: [weather],
      toolChoice: { tool: "weather" },
    },
    {
      messages: [
        { role: "user", content: "weather?" },
        {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "call_1", type: "function", function: { name: "weather", arguments: call.json } }],
        },
        { role: "tool", tool_call_id: "call_1", content: "sunny" },
      ],
      tools: [{ type: "function", function: { name: "weather", description: "Tells the weather.", parameters: citySchema } }],
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
    { messages: [userMessage("where?")], output: { name: "place", schema: citySchema } },
    {
      messages: [{ role: "user", content: "where?" }],
      response_format: { type: "json_schema", json_schema: { name: "place", schema: citySchema, strict: true } },
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
  await observe(served.provider.stream(ours));
  for await (const _chunk of await officialClientOf(served).chat.completions.create({
    model: "gpt-test",
    stream: true,
    stream_options: { include_usage: true },
    ...theirs,
  }));
  const [sent, expected] = sentTo(served);
  expect(sent).toEqual(expected);
});

const ofOpenAI = streamCases.filter(
  ({ name, expected }) => name.startsWith("openai-") && expected.error === undefined && !expected.incomplete,
);

test.each(ofOpenAI)("$name: we read what OpenAI's own client reads", async ({ sse }) => {
  await using served = await serve([respond(sse)]);
  let theirText = "";
  let theirFinish: string | null = null;
  let theirTokens: number | undefined;
  for await (const chunk of await officialClientOf(served).chat.completions.create({
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
  const theirs = await officialClientOf(served).chat.completions.create({ model: "m", messages: [{ role: "user", content: "hi" }] });
  const { parts } = await observe(served.provider.stream({ messages: [userMessage("hi")] }, { delivery: "whole" }));
  expect(joined(parts, "text")).toBe(theirs.choices[0]?.message.content ?? "");
  const theirCalls = theirs.choices[0]?.message.tool_calls ?? [];
  expect(parts.filter(({ type }) => type === "tool-call")).toMatchObject(theirCalls.map(({ id }) => ({ id })));
});
