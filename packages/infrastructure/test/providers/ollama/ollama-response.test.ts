import { assistantMessage, type ChatEvent, userMessage } from "@chatport/domain";
import { expect, test } from "vitest";
import { createOllamaProvider, toOllamaRequest } from "../../../src/providers/ollama/index.js";
import { observe } from "../../support/observed-answer.js";
import { ollamaOf } from "../../support/ollama-server.js";
import { utf8 } from "../../support/pieces.js";

const request = { messages: [userMessage("hi")] };
const origin = "http://127.0.0.1:11434";

function lineOf(message: object, rest: object = {}): string {
  return `${JSON.stringify({ model: "m", message: { role: "assistant", content: "", ...message }, done: false, ...rest })}\n`;
}

const last = lineOf({}, { done: true, done_reason: "stop", prompt_eval_count: 3, eval_count: 5 });

test("images that a model makes become a provider part, and go back where they came from", async () => {
  const { parts } = await observe(ollamaOf(lineOf({ content: "Here:", images: ["QUJD"] }) + last).stream(request));
  expect(parts).toEqual([
    { type: "text", text: "Here:" },
    { type: "provider", vendor: "ollama", data: { images: ["QUJD"] }, providerMetadata: { ollama: { origin } } },
  ]);
  const messages = [...request.messages, assistantMessage(parts), userMessage("Another one.")];
  const again = toOllamaRequest({ messages }, { provider: "p", model: "m", stream: true });
  expect(again.request.messages[1]).toEqual({ role: "assistant", content: "Here:", images: ["QUJD"] });
  const elsewhere = toOllamaRequest({ messages }, { provider: "p", model: "m", stream: true, baseUrl: "https://ollama.com" });
  expect(elsewhere.request.messages[1]).toEqual({ role: "assistant", content: "Here:" });
});

test("log probabilities go with their text", async () => {
  const [one, two] = [
    { token: "a", logprob: -1 },
    { token: "b", logprob: -2 },
  ];
  const body = lineOf({ content: "a" }, { logprobs: [one] }) + lineOf({ content: "b" }, { logprobs: [two] }) + last;
  const { parts } = await observe(ollamaOf(body).stream(request));
  expect(parts).toEqual([{ type: "text", text: "ab", providerMetadata: { ollama: { logprobs: [one, two], origin } } }]);
});

test("log probabilities of one text are not told again with the next", async () => {
  const lines = [
    lineOf({ content: "a" }, { logprobs: [{ token: "a", logprob: -1 }] }),
    lineOf({ images: ["QUJD"] }),
    lineOf({ content: "b" }, { logprobs: [{ token: "b", logprob: -2 }] }),
    lineOf({ images: ["REVG"] }),
    lineOf({ content: "c" }),
  ];
  const { parts } = await observe(ollamaOf(lines.join("") + last).stream(request));
  expect(parts.map(({ providerMetadata }) => providerMetadata?.["ollama"]?.["logprobs"])).toEqual([
    [{ token: "a", logprob: -1 }],
    undefined,
    [{ token: "b", logprob: -2 }],
    undefined,
    undefined,
  ]);
});

test("a line may hold more log probabilities than a call may have arguments", async () => {
  const logprobs = Array.from({ length: 200_000 }, () => ({ logprob: -1 }));
  const { parts } = await observe(ollamaOf(lineOf({ content: "a" }, { logprobs }) + last).stream(request));
  expect(parts[0]?.providerMetadata?.["ollama"]?.["logprobs"]).toHaveLength(200_000);
});

test("what a server puts on a call beside the documented fields is kept as its state", async () => {
  const calls = [{ id: "call_1", type: "function", signature: "c2ln", function: { index: 0, name: "f", arguments: { n: 1 } } }];
  const { parts } = await observe(ollamaOf(lineOf({ tool_calls: calls }) + last).stream(request));
  expect(parts).toEqual([
    {
      type: "tool-call",
      id: "call_1",
      name: "f",
      input: { n: 1 },
      json: '{"n":1}',
      providerMetadata: { ollama: { signature: "c2ln", origin } },
    },
  ]);
});

test("the model that was asked answers where the server names none", async () => {
  const { events } = await observe(ollamaOf('{"message":{"content":"a"},"done":true}\n').stream(request));
  expect(events[0]).toEqual({ type: "message-start", model: "asked-model" });
});

test("tokens that had arrived outlive an abort", async () => {
  const controller = new AbortController();
  const seen: ChatEvent[] = [];
  const read = async (): Promise<void> => {
    for await (const event of ollamaOf(lineOf({ content: "a" }) + last).stream(request, { signal: controller.signal })) {
      seen.push(event);
      controller.abort("enough");
    }
  };
  await expect(read()).rejects.toBe("enough");
  expect(seen.map(({ type }) => type)).toEqual(["message-start", "usage"]);
});

test("a line without an end is given up as soon as it is too long", async () => {
  const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(utf8("x".repeat(1_000))) });
  const provider = createOllamaProvider({
    model: "m",
    retry: false,
    limits: { lineChars: 100_000 },
    fetch: () => Promise.resolve(new Response(body)),
  });
  expect((await observe(provider.stream(request))).exception).toMatchObject({
    code: "malformed",
    message: expect.stringContaining("a line of more than"),
  });
});

test.each([
  ["stop", "tool-calls"],
  ["tool_calls", "tool-calls"],
  ["length", "length"],
])("an answer that calls tools and ends with %s ends with %s", async (done_reason, finishReason) => {
  const call = lineOf({ tool_calls: [{ function: { name: "look", arguments: {} } }] });
  const { end } = await observe(ollamaOf(call + lineOf({}, { done: true, done_reason })).stream(request));
  expect(end).toMatchObject({ finishReason, rawFinishReason: done_reason });
});
