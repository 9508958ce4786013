import { complete, userMessage } from "@chatport/domain";
import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import { createOpenAIResponsesProvider } from "../../../../src/providers/openai/index.js";
import { startLoopbackServer } from "../../../../src/testing/index.js";
import { joined } from "../../../support/observed-answer.js";
import { fixture, streamCases } from "./responses-streams.js";

const model = "gpt-5-mini";

/** A server that answers with a stream of the fixtures. */
async function serve(file: string): Promise<{ readonly origin: string } & AsyncDisposable> {
  const server = await startLoopbackServer(({ response }) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).end(fixture(file));
    return Promise.resolve();
  });
  return { origin: server.origin, [Symbol.asyncDispose]: () => server.close() };
}

function clientAt(origin: string): OpenAI {
  return new OpenAI({ apiKey: "sk-canary-3f9a", baseURL: origin, maxRetries: 0 });
}

function oursAt(baseUrl: string) {
  return complete(createOpenAIResponsesProvider({ model, baseUrl, retry: false }), { messages: [userMessage("hi")] });
}

describe("a stream says the same to OpenAI's own client", () => {
  test.each(streamCases)("$file", async ({ file }) => {
    await using server = await serve(file);
    const { message, text, usage, ...ours } = await oursAt(server.origin);
    const theirs = await clientAt(server.origin).responses.stream({ model, input: "hi" }).finalResponse();
    expect(text).toBe(theirs.output_text);
    expect(ours.model).toBe(theirs.model);
    const calls = message.content.flatMap((part) => (part.type === "tool-call" ? [[part.id, part.name, part.json]] : []));
    expect(calls).toEqual(
      theirs.output.flatMap((item) => (item.type === "function_call" ? [[item.call_id, item.name, item.arguments]] : [])),
    );
    const thoughts = theirs.output.flatMap((item) =>
      item.type === "reasoning" ? [item.summary.map((part) => part.text).join("\n\n")] : [],
    );
    expect(joined(message.content, "reasoning")).toBe(thoughts.join(""));
    const others = theirs.output.filter(({ type }) => type !== "message" && type !== "function_call" && type !== "reasoning");
    expect(message.content.flatMap((part) => (part.type === "provider" ? [part.data] : []))).toEqual(others);
    expect(usage).toEqual({
      inputTokens: theirs.usage?.input_tokens,
      outputTokens: theirs.usage?.output_tokens,
      cachedInputTokens: theirs.usage?.input_tokens_details.cached_tokens,
      cacheWriteTokens: theirs.usage?.input_tokens_details.cache_write_tokens,
      reasoningTokens: theirs.usage?.output_tokens_details.reasoning_tokens,
    });
    expect(ours.rawFinishReason).toBe(theirs.incomplete_details?.reason ?? theirs.status);
  });

  test.each(streamCases)("$file, event by event", async ({ file }) => {
    await using server = await serve(file);
    const { message } = await oursAt(server.origin);
    const said = { text: "", refusal: "", arguments: "" };
    for await (const event of await clientAt(server.origin).responses.create({ model, input: "hi", stream: true })) {
      if (event.type === "response.output_text.delta") said.text += event.delta;
      if (event.type === "response.refusal.delta") said.refusal += event.delta;
      if (event.type === "response.function_call_arguments.delta") said.arguments += event.delta;
    }
    const { content } = message;
    expect(joined(content, "text")).toBe(said.text);
    expect(joined(content, "refusal")).toBe(said.refusal);
    expect(content.map((part) => (part.type === "tool-call" ? part.json : "")).join("")).toBe(said.arguments);
  });

  test.each([
    ["failed.sse", "The model failed to generate a response"],
    ["error-flat.sse", "The server had an error"],
    ["error-nested.sse", "Rate limit reached"],
    ["cut-off.sse", "cut off"],
  ])("%s is an answer to neither", async (file, words) => {
    await using server = await serve(file);
    await expect(oursAt(server.origin)).rejects.toThrow(words);
    const answered = async (): Promise<string | undefined> =>
      (await clientAt(server.origin).responses.stream({ model, input: "hi" }).finalResponse()).status;
    expect(await answered().catch(() => "failed")).not.toBe("completed");
  });
});
