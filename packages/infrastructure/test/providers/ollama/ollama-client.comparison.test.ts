import { assistantMessage, type ChatRequest, text, toolMessage, toolResult, userMessage } from "@chatport/domain";
import { type ChatRequest as ClientRequest, Ollama } from "ollama";
import { expect, test } from "vitest";
import { observe } from "../../support/observed-answer.js";
import { serveOllama } from "../../support/ollama-server.js";
import { plainTalk, plainTalkOnWire } from "../../support/plain-talk.js";
import { call } from "../../support/sample-parts.js";
import { sentRequests } from "../../support/sent-requests.js";

const done =
  '{"model":"llama3.2","created_at":"2025-10-26T17:15:24Z","message":{"role":"assistant","content":"ok"},"done":true,"done_reason":"stop"}\n';
const parameters = { type: "object", required: ["city"], properties: { city: { type: "string", description: "A city." } } };
const schema = { type: "object", properties: { age: { type: "integer" } }, required: ["age"] };

/** The same meaning, said to our port and to Ollama's npm client (0.6). */
const conversations: Readonly<Record<string, readonly [ours: ChatRequest, theirs: Omit<ClientRequest, "model" | "stream">]>> = {
  text: [{ messages: [userMessage("hi")] }, { messages: [{ role: "user", content: "hi" }] }],
  "a system message, and one in mid-conversation": [{ messages: plainTalk }, { messages: plainTalkOnWire }],
  "a round trip of tools": [
    {
      messages: [
        userMessage("weather?"),
        assistantMessage([{ type: "reasoning", text: "Look." }, call]),
        toolMessage(toolResult(call, "sunny")),
      ],
      tools: [{ name: "weather", description: "The weather.", inputSchema: parameters }],
    },
    {
      messages: [
        { role: "user", content: "weather?" },
        {
          role: "assistant",
          content: "",
          thinking: "Look.",
          tool_calls: [{ function: { name: "weather", arguments: { city: "Oslo" } } }],
        },
        { role: "tool", content: "sunny", tool_name: "weather" },
      ],
      tools: [{ type: "function", function: { name: "weather", description: "The weather.", parameters } }],
    },
  ],
  images: [
    { messages: [userMessage([text("What?"), { type: "image", mediaType: "image/png", source: { base64: "AQID" } }])] },
    { messages: [{ role: "user", content: "What?", images: [new Uint8Array([1, 2, 3])] }] },
  ],
  "structured output": [
    { messages: [userMessage("age?")], output: { name: "person", schema } },
    { messages: [{ role: "user", content: "age?" }], format: schema },
  ],
  reasoning: [
    { messages: [userMessage("think")], reasoning: "medium" },
    { messages: [{ role: "user", content: "think" }], think: "medium" },
  ],
  "no reasoning": [
    { messages: [userMessage("hurry")], reasoning: "none" },
    { messages: [{ role: "user", content: "hurry" }], think: false },
  ],
  parameters: [
    {
      messages: [userMessage("hi")],
      maxOutputTokens: 10,
      temperature: 0.5,
      topP: 0.9,
      seed: 101,
      stopSequences: ["END"],
      providerOptions: { ollama: { numCtx: 2048, topK: 10, keepAlive: "5m", logprobs: true, topLogprobs: 1 } },
    },
    {
      messages: [{ role: "user", content: "hi" }],
      keep_alive: "5m",
      logprobs: true,
      top_logprobs: 1,
      options: { num_predict: 10, temperature: 0.5, top_p: 0.9, seed: 101, stop: ["END"], num_ctx: 2048, top_k: 10 },
    },
  ],
};

test.each(Object.entries(conversations))("%s: our request is the one that Ollama's own client sends", async (_what, [ours, theirs]) => {
  await using served = await serveOllama({ body: done });
  const { provider, server, exchanges } = served;
  const client = new Ollama({ host: server.origin });
  await observe(provider.stream(ours));
  for await (const _line of await client.chat({ model: "llama3.2", ...theirs, stream: true }));
  await observe(provider.stream(ours, { delivery: "whole" }));
  await client.chat({ model: "llama3.2", ...theirs, stream: false });
  const sent = sentRequests(exchanges, ["content-type"]).map(({ body, ...rest }) => ({ ...rest, body: withoutIds(body) }));
  expect(sent).toHaveLength(4);
  expect(sent[0]).toEqual(sent[1]);
  expect(sent[2]).toEqual(sent[3]);
});

test("what the server answers about its models is read as its own client reads it", async () => {
  const tags = { models: [{ name: "llama3.2:latest", model: "llama3.2:latest", size: 1 }, { name: "old:7b" }] };
  await using served = await serveOllama({ body: JSON.stringify(tags), headers: { "content-type": "application/json" } });
  const { models } = await new Ollama({ host: served.server.origin }).list();
  expect(await served.provider.listModels?.()).toEqual(models.map(({ name }) => ({ id: name })));
  expect(served.exchanges.map(({ request }) => request.url)).toEqual(["/api/tags", "/api/tags"]);
});

/** The server knows ids of calls (github.com/ollama/ollama, api/types.go), but the client of 0.6 has no field for them. */
function withoutIds(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body, (key, value: unknown) => (key === "id" || key === "tool_call_id" ? undefined : value)));
}
