import Anthropic from "@anthropic-ai/sdk";
import { assistantMessage, type ChatRequest, complete, systemMessage, toolMessage, toolResult, userMessage } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { createAnthropicProvider } from "../../../src/providers/anthropic/index.js";
import { type Exchange, startLoopbackServer } from "../../../src/testing/index.js";
import { fixture, streamCases } from "./anthropic-streams.js";

const apiKey = "sk-ant-canary-3f9a";
const model = "claude-opus-5-5";
const schema = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const call = { type: "tool-call", id: "toolu_1", name: "get_weather", input: { city: "Paris" }, json: '{"city":"Paris"}' } as const;

type Params = Omit<Anthropic.MessageCreateParamsStreaming, "stream" | "model">;

/** The same meaning in the port's words and in those of Anthropic's own client. */
const conversations: readonly (readonly [name: string, asked: ChatRequest, params: Params & Readonly<Record<string, unknown>>])[] = [
  ["text", { messages: [userMessage("hi")], maxOutputTokens: 64 }, { max_tokens: 64, messages: [{ role: "user", content: "hi" }] }],
  [
    "a system prompt",
    { messages: [systemMessage("Be brief."), userMessage("hi"), assistantMessage("Hello."), userMessage("bye")], maxOutputTokens: 64 },
    {
      max_tokens: 64,
      system: "Be brief.",
      messages: [
        { role: "user", content: "hi" },
        { role: "assistant", content: "Hello." },
        { role: "user", content: "bye" },
      ],
    },
  ],
  [
    "a round trip of a tool",
    {
      messages: [userMessage("Weather?"), assistantMessage([call]), toolMessage(toolResult(call, "no such city", true))],
      tools: [{ name: "get_weather", description: "Tells the weather.", inputSchema: schema }],
      toolChoice: "auto",
      maxOutputTokens: 64,
    },
    {
      max_tokens: 64,
      tools: [{ name: "get_weather", description: "Tells the weather.", input_schema: { ...schema, type: "object" } }],
      tool_choice: { type: "auto" },
      messages: [
        { role: "user", content: "Weather?" },
        { role: "assistant", content: [{ type: "tool_use", id: "toolu_1", name: "get_weather", input: { city: "Paris" } }] },
        {
          role: "user",
          content: [{ type: "tool_result", tool_use_id: "toolu_1", content: [{ type: "text", text: "no such city" }], is_error: true }],
        },
      ],
    },
  ],
  [
    "an image and a document",
    {
      messages: [
        userMessage([
          { type: "text", text: "What is this?" },
          { type: "image", mediaType: "image/png", source: { base64: "iVBO" } },
          { type: "image", mediaType: "image/png", source: { url: "https://example.com/a.png" } },
          { type: "file", mediaType: "application/pdf", name: "a.pdf", source: { base64: "JVBE" } },
        ]),
      ],
      maxOutputTokens: 64,
    },
    {
      max_tokens: 64,
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "What is this?" },
            { type: "image", source: { type: "base64", media_type: "image/png", data: "iVBO" } },
            { type: "image", source: { type: "url", url: "https://example.com/a.png" } },
            { type: "document", title: "a.pdf", source: { type: "base64", media_type: "application/pdf", data: "JVBE" } },
          ],
        },
      ],
    },
  ],
  [
    "structured output",
    { messages: [userMessage("hi")], output: { name: "place", schema }, maxOutputTokens: 64 },
    { max_tokens: 64, output_config: { format: { type: "json_schema", schema } }, messages: [{ role: "user", content: "hi" }] },
  ],
  [
    "reasoning, echoed",
    {
      messages: [
        userMessage("hi"),
        assistantMessage([
          { type: "reasoning", text: "hm", providerMetadata: { anthropic: { signature: "c2ln", model } } },
          { type: "text", text: "so" },
        ]),
        userMessage("and?"),
      ],
      reasoning: "high",
    },
    {
      max_tokens: 128_000,
      thinking: { type: "adaptive", display: "summarized" },
      output_config: { effort: "high" },
      messages: [
        { role: "user", content: "hi" },
        {
          role: "assistant",
          content: [
            { type: "thinking", thinking: "hm", signature: "c2ln" },
            { type: "text", text: "so" },
          ],
        },
        { role: "user", content: "and?" },
      ],
    },
  ],
  [
    "parameters",
    {
      messages: [userMessage("hi")],
      maxOutputTokens: 5,
      temperature: 0.5,
      topP: 0.9,
      stopSequences: ["END"],
      providerOptions: { anthropic: { metadata: { user_id: "u" }, serviceTier: "auto", topK: 4 } },
    },
    {
      max_tokens: 5,
      temperature: 0.5,
      top_p: 0.9,
      top_k: 4,
      stop_sequences: ["END"],
      metadata: { user_id: "u" },
      service_tier: "auto",
      messages: [{ role: "user", content: "hi" }],
    },
  ],
];

/** A server that answers with a stream of the fixtures, and what it was asked. */
async function serve(file: string): Promise<{ readonly origin: string; readonly seen: Exchange[] } & AsyncDisposable> {
  const seen: Exchange[] = [];
  const server = await startLoopbackServer(async (exchange) => {
    seen.push(exchange);
    exchange.response.writeHead(200, { "content-type": "text/event-stream" }).end(fixture(file));
  });
  return { origin: server.origin, seen, [Symbol.asyncDispose]: () => server.close() };
}

function providerAt(baseUrl: string) {
  return createAnthropicProvider({ model, apiKey, baseUrl, retry: false });
}

function clientAt(baseURL: string): Anthropic {
  // Since 1.0 this client asks for version 2026-10-21, which has no temperature, top_p and top_k; the adapter stays with 2023-06-01, which has.
  return new Anthropic({ apiKey, baseURL, maxRetries: 0, defaultHeaders: { "anthropic-version": "2023-06-01" } });
}

/** Text is shorthand for one block of text, says the API. */
function spelledOut(body: string): unknown {
  return JSON.parse(body, (key, value: unknown) =>
    (key === "content" || key === "system") && typeof value === "string" ? [{ type: "text", text: value }] : value,
  );
}

function facts({ request, body }: Exchange) {
  const { "x-api-key": key, "anthropic-version": version, "content-type": type, authorization } = request.headers;
  // The API takes a key in either header: the adapter sends the older one, which compatible servers know.
  return {
    method: request.method,
    url: request.url,
    key: key ?? authorization?.slice("Bearer ".length),
    version,
    type,
    body: spelledOut(body),
  };
}

describe("the request is the one that Anthropic's own client sends", () => {
  test.each(conversations)("%s", async (_name, asked, params) => {
    await using server = await serve("text.sse");
    for await (const _event of providerAt(server.origin).stream(asked));
    for await (const _event of await clientAt(server.origin).messages.create({ ...params, model, stream: true }));
    const [ours, theirs] = server.seen;
    if (ours === undefined || theirs === undefined) throw new Error("Both clients ask once.");
    expect(facts(ours)).toEqual(facts(theirs));
  });
});

describe("a stream says the same to Anthropic's own client", () => {
  test.each(streamCases)("$file", async ({ file }) => {
    await using server = await serve(file);
    const ours = await complete(providerAt(server.origin), { messages: [userMessage("hi")] });
    const theirs = await clientAt(server.origin)
      .messages.stream({ model, max_tokens: 64, messages: [{ role: "user", content: "hi" }] })
      .finalMessage();
    const blocks = theirs.content;
    expect(ours.text).toBe(blocks.map((block) => (block.type === "text" ? block.text : "")).join(""));
    expect(ours.rawFinishReason).toBe(theirs.stop_reason);
    const calls = ours.message.content.flatMap((part) => (part.type === "tool-call" ? [[part.id, part.name, part.input]] : []));
    expect(calls).toEqual(blocks.flatMap((block) => (block.type === "tool_use" ? [[block.id, block.name, block.input]] : [])));
    const thoughts = ours.message.content.flatMap((part) => (part.type === "reasoning" ? [part.text] : []));
    expect(thoughts).toEqual(
      blocks.flatMap((block) => (block.type === "thinking" ? [block.thinking] : block.type === "redacted_thinking" ? [""] : [])),
    );
    const { input_tokens, cache_read_input_tokens, cache_creation_input_tokens, output_tokens } = theirs.usage;
    expect(ours.usage).toMatchObject({
      inputTokens: input_tokens + (cache_read_input_tokens ?? 0) + (cache_creation_input_tokens ?? 0),
      outputTokens: output_tokens,
    });
  });
});
