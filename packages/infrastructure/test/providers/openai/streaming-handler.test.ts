import type { AssistantPart, Usage } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { StreamingHandler } from "../../../src/providers/openai/index.js";
import { joined, observe, type ObservedAnswer } from "../../support/observed-answer.js";
import { bodyOf, cut, utf8 } from "../../support/pieces.js";
import { type ExpectedAnswer, type ExpectedCall, jsonCases, streamCases } from "../../support/wire-cases.js";

const handler = new StreamingHandler({ model: "asked-model" });

function answer(pieces: readonly Uint8Array[], headers: Readonly<Record<string, string>> = {}): Promise<ObservedAnswer> {
  return observe(handler.events(new Response(bodyOf(pieces), { headers: { "content-type": "text/event-stream", ...headers } })));
}

describe("streams that servers send", () => {
  for (const { name, sse, headers, expected } of streamCases) {
    const bytes = utf8(sse);

    test(`${name}: whole`, async () => {
      const seen = await answer([bytes], headers);
      if (expected.error !== undefined || expected.incomplete === true) expectFailure(seen, expected);
      else expectSuccess(seen, expected);
    });

    test(`${name}: cut anywhere, the events are the same`, async () => {
      const whole = withoutMintedIds(await answer([bytes], headers));
      const sizes = bytes.length > 20_000 ? [997, 4_099] : [1, 2, 3, 7, 64, 1_021];
      for (const size of sizes) expect(withoutMintedIds(await answer(cut(bytes, size), headers))).toEqual(whole);
    });
  }
});

describe("whole answers, in place of the stream that was asked for or by request", () => {
  for (const { name, body, headers, expected } of jsonCases) {
    test(`${name}: whole, and cut anywhere`, async () => {
      const bytes = utf8(body);
      const seen = await answer([bytes], { ...headers, "content-type": "application/json" });
      expectSuccess(seen, expected);
      for (const size of [1, 5, 333]) {
        expect(withoutMintedIds(await answer(cut(bytes, size), headers))).toEqual(withoutMintedIds(seen));
      }
    });
  }
});

test("text() gives the text alone, piece by piece", async () => {
  const body = ["Hel", "lo 🌍"].map((content) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`).join("");
  const pieces: string[] = [];
  for await (const piece of handler.text(new Response(bodyOf(cut(utf8(`${body}data: [DONE]\n\n`), 5))))) pieces.push(piece);
  expect(pieces).toEqual(["Hel", "lo 🌍"]);
});

test("a gateway's own events are passed over", async () => {
  const sse = `event: ping\ndata: ok\n\ndata: ${JSON.stringify({ choices: [{ delta: { content: "Hello" } }] })}\n\ndata: [DONE]\n\n`;
  expect(joined((await answer([utf8(sse)])).parts, "text")).toBe("Hello");
});

test.each([
  ["has a gateway's name, and begins like JSON", 'event: chunk\ndata: {"choices": [oops'],
  ["has a gateway's name, and begins like JSON behind a blank", "event: chunk\ndata:   {oops"],
  ["has the usual name", "event: message\ndata: ok"],
  ["has no name", "data: ok"],
])("an event that is no JSON is a broken part of the answer where it %s", async (_what, event) => {
  const sse = `data: ${JSON.stringify({ choices: [{ delta: { content: "Hello" } }] })}\n\n${event}\n\ndata: [DONE]\n\n`;
  expect((await answer([utf8(sse)])).exception).toMatchObject({
    code: "malformed",
    message: expect.stringContaining("not valid JSON"),
    partial: { content: [{ type: "text", text: "Hello" }] },
  });
});

test.each(["null", "5", "[]", '"ping"', '{"type":"ping"}'])("an event of %s is no part of the answer", async (json) => {
  const sse = `data: ${json}\n\ndata: ${JSON.stringify({ choices: [{ delta: { content: "Hello" } }] })}\n\ndata: [DONE]\n\n`;
  expect(joined((await answer([utf8(sse)])).parts, "text")).toBe("Hello");
});

test("opaque state without a text of its own is kept", async () => {
  const delta = {
    extra_content: { google: { thought_signature: "s1" } },
    tool_calls: [{ index: 0, id: "c", function: { name: "f", arguments: "{}" } }],
  };
  const { parts } = await answer([utf8(`data: ${JSON.stringify({ choices: [{ delta }] })}\n\ndata: [DONE]\n\n`)]);
  expect(parts).toContainEqual({
    type: "text",
    text: "",
    providerMetadata: { openai: { extra_content: { google: { thought_signature: "s1" } } } },
  });
});

test("very many citations are gathered in linear time", async () => {
  const one = `data: ${JSON.stringify({ choices: [{ delta: { annotations: [{ url: "https://example.com" }] } }] })}\n\n`;
  const { parts } = await answer([utf8(`${one.repeat(40_000)}data: [DONE]\n\n`)]);
  expect(parts).toMatchObject([{ type: "provider", data: { annotations: { length: 40_000 } } }]);
});

test.each([
  ["many lines that are none of a stream's", "x\n".repeat(5_000), "malformed", "no event stream"],
  [
    "an error's JSON over several lines, in mid-stream",
    `data: ${JSON.stringify({ choices: [{ delta: { content: "Hel" } }] })}\n\n{\n "error": {\n  "message": "boom"\n }\n}\n`,
    "unavailable",
    "boom",
  ],
  [
    "a page in mid-stream",
    `data: ${JSON.stringify({ choices: [{ delta: { content: "Hel" } }] })}\n\n<html>\n<title>Gateway</title>\n</html>\n`,
    "malformed",
    "Gateway",
  ],
  ["a document that is no answer and reports nothing", '{"foo":1}', "malformed", "no chat completion"],
  ["a choice that holds nothing", '{"choices":[{"index":0}]}', "malformed", "no chat completion"],
])("%s", async (_what, body, code, words) => {
  for (const size of [body.length, 7]) {
    expect((await answer(cut(utf8(body), size))).exception).toMatchObject({ code, message: expect.stringContaining(words) });
  }
});

test("an answer is read once", async () => {
  const events = handler.events(new Response("data: [DONE]\n\n"));
  await observe(events);
  expect((await observe(events)).exception).toMatchObject({ code: "invalid-request" });
});

function expectSuccess({ parts, end, exception, events }: ObservedAnswer, expected: ExpectedAnswer): void {
  expect(exception).toBeUndefined();
  expect(joined(parts, "text")).toBe(expected.text);
  expect(joined(parts, "reasoning")).toBe(expected.reasoning ?? "");
  expect(joined(parts, "refusal")).toBe(expected.refusal ?? "");
  expectCalls(parts, expected.toolCalls ?? []);
  expect(end?.rawFinishReason ?? null).toBe(expected.finishReason);
  expectUsage(end?.usage, expected.usage);
  expect(events.filter(({ type }) => type === "message-end")).toHaveLength(1);
  expect(events.at(-1)?.type).toBe("message-end");
}

function expectFailure({ exception, end }: ObservedAnswer, expected: ExpectedAnswer): void {
  expect(end).toBeUndefined();
  expect(exception).toBeDefined();
  const partial = exception?.partial?.content ?? [];
  expect(joined(partial, "text")).toBe(expected.text);
  expect(joined(partial, "reasoning")).toBe(expected.reasoning ?? "");
  expect(partial.filter(({ type }) => type === "tool-call")).toEqual([]);
  if (expected.error === undefined) expect(exception?.code).toBe("truncated");
  else expect(exception?.message).toContain(expected.error.messageContains);
  if (typeof expected.error?.code === "number") expect(exception?.status).toBe(expected.error.code);
  expectUsage(exception?.usage, expected.usage);
  for (const call of expected.partialToolCalls ?? []) {
    expect(partial).toContainEqual({ type: "invalid-tool-call", id: call.id, name: call.name, json: call.arguments });
  }
}

function expectCalls(parts: readonly AssistantPart[], expected: readonly ExpectedCall[]): void {
  const calls = parts.filter((part) => part.type === "tool-call");
  expect(calls.map(({ name, json }) => ({ name, arguments: json }))).toEqual(
    expected.map(({ name, arguments: json }) => ({ name, arguments: json })),
  );
  for (const [index, call] of expected.entries()) {
    if (call.id === "") expect(calls[index]?.id).toMatch(/^call_\w+$/u);
    else expect(calls[index]?.id).toBe(call.id);
    expect(calls[index]?.input).toEqual(call.arguments.trim() === "" ? {} : JSON.parse(call.arguments));
  }
}

/** The fixtures count as the wire does; the port counts reasoning in, which xAI leaves out of `completion_tokens`. */
function expectUsage(usage: Usage | undefined, expected: ExpectedAnswer["usage"]): void {
  if (expected === undefined) return expect(usage).toBeUndefined();
  const { promptTokens = 0, completionTokens = 0, reasoningTokens = 0, totalTokens } = expected;
  const outside = reasoningTokens > 0 && totalTokens === promptTokens + completionTokens + reasoningTokens;
  expect(usage?.inputTokens).toBe(expected.promptTokens);
  expect(usage?.outputTokens).toBe(outside ? completionTokens + reasoningTokens : expected.completionTokens);
  if (expected.cachedTokens !== undefined) expect(usage?.cachedInputTokens).toBe(expected.cachedTokens);
  if (expected.reasoningTokens !== undefined) expect(usage?.reasoningTokens).toBe(expected.reasoningTokens);
}

function withoutMintedIds(seen: ObservedAnswer): unknown {
  const { exception, ...rest } = seen;
  const plain = { ...rest, exception: exception && { ...Object.fromEntries(Object.entries(exception)), message: exception.message } };
  return JSON.parse(JSON.stringify(plain).replaceAll(/"call_[0-9a-f]{24}"/gu, '"minted"'));
}
