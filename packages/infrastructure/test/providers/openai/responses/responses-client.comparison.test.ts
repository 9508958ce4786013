import { assistantMessage, type ChatRequest, collect, text, toolMessage, toolResult, userMessage } from "@chatport/domain";
import type OpenAI from "openai";
import { expect, test } from "vitest";
import { createOpenAIResponsesProvider } from "../../../../src/providers/openai/index.js";
import { opaqueState } from "../../../../src/providers/openai/opaque-state.js";
import { observe } from "../../../support/observed-answer.js";
import { respond, serve } from "../../../support/openai-server.js";
import { plainTalk, plainTalkOnWire } from "../../../support/plain-talk.js";
import { call, citySchema as schema, weather } from "../../../support/sample-parts.js";
import { officialClientOf, sentTo } from "../official-client.js";

const stateless: Omit<OpenAI.Responses.ResponseCreateParamsNonStreaming, "stream"> = {
  model: "gpt-test",
  store: false,
  include: ["reasoning.encrypted_content"],
};

type Theirs = Omit<OpenAI.Responses.ResponseCreateParamsStreaming, "model" | "stream" | "store" | "include">;

const message = {
  id: "msg_1",
  type: "message",
  role: "assistant",
  status: "completed",
  content: [{ type: "output_text", text: "It rains.", annotations: [], logprobs: [] }],
};
const response = { id: "resp_1", object: "response", model: "gpt-test", status: "completed", output: [message] };
const stream = [
  { type: "response.created", response: { ...response, status: "in_progress", output: [] } },
  { type: "response.output_item.added", output_index: 0, item: { ...message, status: "in_progress", content: [] } },
  { type: "response.output_text.delta", item_id: "msg_1", output_index: 0, content_index: 0, delta: "It rains." },
  { type: "response.output_item.done", output_index: 0, item: message },
  { type: "response.completed", response },
]
  .map((event, sequence_number) => `event: ${event.type}\ndata: ${JSON.stringify({ ...event, sequence_number })}\n\n`)
  .join("");

const tools = [weather];
const theirTool = { type: "function", name: "weather", description: "Tells the weather.", parameters: schema, strict: false } as const;
const theirCall = { type: "function_call", call_id: "call_1", name: "weather", arguments: call.json } as const;
const png = "data:image/png;base64,AQID";

/** The same meaning, said to our port and to OpenAI's npm client (7.x). */
const conversations: Readonly<Record<string, readonly [ours: ChatRequest, theirs: Theirs]>> = {
  text: [{ messages: [userMessage("hi")] }, { input: [{ role: "user", content: "hi" }] }],
  "a system message, and one in mid-conversation": [{ messages: plainTalk }, { input: plainTalkOnWire }],
  "a round trip of tools, with an image in a result": [
    {
      messages: [
        userMessage("weather?"),
        assistantMessage([call]),
        toolMessage(toolResult(call, [text("sunny"), { type: "image", mediaType: "image/png", source: { base64: "AQID" } }])),
      ],
      tools,
      toolChoice: { tool: "weather" },
    },
    {
      input: [
        { role: "user", content: "weather?" },
        theirCall,
        {
          type: "function_call_output",
          call_id: "call_1",
          output: [
            { type: "input_text", text: "sunny" },
            { type: "input_image", detail: "auto", image_url: png },
          ],
        },
      ],
      tools: [theirTool],
      tool_choice: { type: "function", name: "weather" },
    },
  ],
  "images and a document": [
    {
      messages: [
        userMessage([
          text("What?"),
          { type: "image", mediaType: "image/png", source: { base64: "AQID" } },
          {
            type: "image",
            mediaType: "image/png",
            source: { url: "https://example.com/a.png" },
            providerMetadata: { openai: { detail: "low" } },
          },
          { type: "file", mediaType: "application/pdf", name: "a.pdf", source: { base64: "AQID" } },
          { type: "file", mediaType: "application/pdf", source: { url: "https://example.com/a.pdf" } },
        ]),
      ],
    },
    {
      input: [
        {
          role: "user",
          content: [
            { type: "input_text", text: "What?" },
            { type: "input_image", detail: "auto", image_url: png },
            { type: "input_image", detail: "low", image_url: "https://example.com/a.png" },
            { type: "input_file", filename: "a.pdf", file_data: "data:application/pdf;base64,AQID" },
            { type: "input_file", file_url: "https://example.com/a.pdf" },
          ],
        },
      ],
    },
  ],
  "structured output": [
    { messages: [userMessage("where?")], output: { name: "place", schema } },
    { input: [{ role: "user", content: "where?" }], text: { format: { type: "json_schema", name: "place", schema, strict: true } } },
  ],
  "parameters and reasoning": [
    {
      messages: [userMessage("hi")],
      maxOutputTokens: 100,
      temperature: 0.5,
      topP: 0.9,
      reasoning: "low",
      providerOptions: { openai: { serviceTier: "flex", parallelToolCalls: false, verbosity: "low" }, anthropic: { topK: 5 } },
    },
    {
      input: [{ role: "user", content: "hi" }],
      max_output_tokens: 100,
      temperature: 0.5,
      top_p: 0.9,
      reasoning: { effort: "low", summary: "auto" },
      service_tier: "flex",
      parallel_tool_calls: false,
      text: { verbosity: "low" },
    },
  ],
  "tools of the server's own": [
    {
      messages: [userMessage("news?")],
      tools,
      toolChoice: "required",
      providerOptions: { openai: { serverTools: [{ type: "web_search" }], maxToolCalls: 2 } },
    },
    { input: [{ role: "user", content: "news?" }], tools: [theirTool, { type: "web_search" }], tool_choice: "required", max_tool_calls: 2 },
  ],
};

test.each(Object.entries(conversations))("%s: our request is the one that OpenAI's own client sends", async (_what, [ours, theirs]) => {
  await using served = await serve([respond(stream)], {}, createOpenAIResponsesProvider);
  const { end } = await observe(served.provider.stream(ours));
  expect(end?.finishReason).toBe("stop");
  for await (const _event of await officialClientOf(served).responses.create({ ...stateless, stream: true, ...theirs }));
  const [sent, expected] = sentTo(served);
  expect(sent).toEqual(expected);
});

/** An answer with an item of every kind that goes back. */
const eventful = {
  ...response,
  output: [
    { id: "rs_1", type: "reasoning", summary: [{ type: "summary_text", text: "Hm." }], encrypted_content: "c2VhbGVk" },
    { id: "ws_1", type: "web_search_call", status: "completed", action: { type: "search", query: "Paris" } },
    {
      ...message,
      phase: "commentary",
      content: [
        {
          type: "output_text",
          text: "It rains.",
          annotations: [{ type: "url_citation", url: "https://a.example", title: "A", start_index: 0, end_index: 9 }],
          logprobs: [{ token: "It rains.", logprob: -0.1, bytes: [73], top_logprobs: [] }],
        },
        { type: "refusal", refusal: "No more." },
      ],
    },
    { id: "rs_2", type: "reasoning", summary: [], encrypted_content: "bW9yZQ==" },
    { id: "fc_1", status: "completed", ...theirCall },
  ],
};

test("the next turn echoes the items of an answer as OpenAI documents it: input.concat(response.output)", async () => {
  const whole = respond(JSON.stringify(eventful), { "content-type": "application/json" });
  await using served = await serve([whole], {}, createOpenAIResponsesProvider);

  const question = userMessage("weather?");
  const answer = await collect(served.provider.stream({ messages: [question] }, { delivery: "whole" }));
  const calling = answer.message.content.find((part) => part.type === "tool-call") ?? call;
  const messages = [question, answer.message, toolMessage(toolResult(calling, "sunny"))];
  await collect(served.provider.stream({ messages }, { delivery: "whole" }));

  const input: OpenAI.Responses.ResponseInput = [{ role: "user", content: "weather?" }];
  const theirs = await officialClientOf(served).responses.create({ ...stateless, input });
  // What the types of the two halves disagree in is not on this wire.
  const echoed: OpenAI.Responses.ResponseInput = JSON.parse(JSON.stringify(theirs.output));
  await officialClientOf(served).responses.create({
    ...stateless,
    input: [...input, ...echoed, { type: "function_call_output", call_id: "call_1", output: "sunny" }],
  });

  const [, sent, , expected] = served.exchanges.map(({ body }): unknown => JSON.parse(body));
  expect(sent).toEqual(expected);
});

test("what is kept of another server's answer does not go along", async () => {
  await using served = await serve([respond(stream)], {}, createOpenAIResponsesProvider);
  const thought = {
    type: "reasoning",
    text: "Hm.",
    providerMetadata: opaqueState({ item: eventful.output[0] ?? {} }, "https://other.example"),
  } as const;
  await observe(served.provider.stream({ messages: [userMessage("hi"), assistantMessage([thought, text("Yes.")]), userMessage("so?")] }));
  expect(JSON.parse(served.exchanges[0]?.body ?? "")).toMatchObject({
    input: [
      { role: "user", content: "hi" },
      { role: "assistant", content: "Yes." },
      { role: "user", content: "so?" },
    ],
  });
});
