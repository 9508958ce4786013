import { readFileSync } from "node:fs";
import { complete, userMessage } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { createAnthropicProvider } from "../../../src/providers/anthropic/index.js";
import { observe } from "../../support/observed-answer.js";
import { expectSaid, expectSameEventsCutAnywhere } from "../../support/fixture-stream.js";
import { cut, utf8 } from "../../support/pieces.js";
import { fixture, providerOf, streamCases } from "./anthropic-streams.js";

const request = { messages: [userMessage("hi")] };
const ask = (text: string) => observe(providerOf([utf8(text)]).stream(request));

function event(type: string, fields: object = {}): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}

const start = event("message_start", { message: { id: "msg_1", model: "claude-x", content: [], usage: { input_tokens: 3 } } });
const end = event("message_delta", { delta: { stop_reason: "end_turn" }, usage: { output_tokens: 2 } }) + event("message_stop");
const delta = (index: number, fields: object) => event("content_block_delta", { index, delta: fields });

describe.each(streamCases)("$file", (said) => {
  const bytes = fixture(said.file);

  test("says what it says", async () => {
    expectSaid(await observe(providerOf([bytes]).stream(request)), said);
  });

  test("says the same cut at every byte", async () => {
    const whole = await observe(providerOf([bytes]).stream(request));
    expect(await observe(providerOf(cut(bytes, 1)).stream(request))).toEqual(whole);
    await expectSameEventsCutAnywhere(bytes, whole.events, async (pieces) => (await observe(providerOf(pieces).stream(request))).events);
  });

  test("is no success when it ends before its stop reason", async () => {
    const stop = Buffer.from(bytes).indexOf("event: message_delta");
    const { end: ended, exception } = await observe(providerOf([bytes.slice(0, stop)]).stream(request));
    expect(ended).toBeUndefined();
    expect(exception).toMatchObject({ code: "truncated", usage: { outputTokens: expect.any(Number) } });
  });
});

describe("what a server may do", () => {
  test("a real llama.cpp server's answer is read (recorded transcript)", async () => {
    const recorded = readFileSync(
      new URL("../../fixtures/llama-server/16-anthropic-messages-stream.response.txt", import.meta.url),
      "utf8",
    );
    const body = recorded.slice(recorded.indexOf("\r\n\r\n") + 4);
    expect(await complete(providerOf([utf8(body)]), request)).toMatchObject({
      text: "Amy. She loved",
      finishReason: "length",
      usage: { inputTokens: 15, cachedInputTokens: 14, outputTokens: 6 },
    });
  });

  test("an overloaded_error in the middle throws, retryable, with what had arrived", async () => {
    const { exception } = await observe(providerOf([fixture("overloaded.sse")]).stream(request));
    expect(exception).toMatchObject({
      code: "unavailable",
      retryable: true,
      providerCode: "overloaded_error",
      partial: { content: [{ type: "text", text: "Hello! Grüße 🌍" }] },
      usage: { inputTokens: 25 },
    });
  });

  test.each([
    ["pause_turn", "pause"],
    ["model_context_window_exceeded", "length"],
    ["stop_sequence", "stop"],
    ["something_new", "other"],
  ])("the stop reason %s finishes as %s", async (stop_reason, finishReason) => {
    const text = start + delta(0, { type: "text_delta", text: "a" }) + event("message_delta", { delta: { stop_reason } });
    expect((await ask(text)).end).toMatchObject({ finishReason, rawFinishReason: stop_reason });
  });

  test("a count that is null in a later event stays what it was", async () => {
    const usage = { input_tokens: null, cache_read_input_tokens: null, output_tokens: 2 };
    const last = event("message_delta", { delta: { stop_reason: "end_turn" }, usage }) + event("message_stop");
    expect((await ask(start + last)).end?.usage).toEqual({ inputTokens: 3, outputTokens: 2 });
  });

  test("events, deltas and blocks of unknown types are no failure, and a block is kept", async () => {
    const { parts, exception } = await ask(
      start +
        event("content_block_start", { index: 0, content_block: { type: "compaction", content: "so " } }) +
        delta(0, { type: "compaction_delta", content: "far" }) +
        event("content_block_stop", { index: 0 }) +
        event("content_block_start", { index: 1, content_block: { type: "text", text: "" } }) +
        delta(1, { type: "sparkle_delta", sparkle: 1 }) +
        delta(1, { type: "text_delta", text: "ok" }) +
        event("brand_new", { x: 1 }) +
        end,
    );
    expect(exception).toBeUndefined();
    expect(parts).toMatchObject([
      { type: "provider", data: { type: "compaction", content: "so far" } },
      { type: "text", text: "ok" },
    ]);
  });

  test("a block of a server's tool without arguments is the block, also where an empty delta comes", async () => {
    const block = { type: "server_tool_use", id: "srv_1", name: "web_search", input: {} };
    const { parts } = await ask(
      start +
        event("content_block_start", { index: 0, content_block: block }) +
        delta(0, { type: "input_json_delta", partial_json: "" }) +
        event("content_block_stop", { index: 0 }) +
        end,
    );
    expect(parts).toMatchObject([{ type: "provider", data: block }]);
  });

  test("a block of a server's tool that is cut is kept, in a form that is never sent back", async () => {
    const block = { type: "server_tool_use", id: "srv_1", name: "web_search", input: {} };
    const { parts } = await ask(
      start +
        event("content_block_start", { index: 0, content_block: block }) +
        delta(0, { type: "input_json_delta", partial_json: '{"que' }) +
        event("message_delta", { delta: { stop_reason: "max_tokens" } }) +
        event("message_stop"),
    );
    expect(parts).toMatchObject([{ type: "provider", data: { unfinished: block, partial_json: '{"que' } }]);
  });

  describe.each([
    ["ends", event("content_block_stop", { index: 0 })],
    ["never ends", ""],
  ])("a call whose block the server %s", (_how, stop) => {
    test.each([
      ["", "max_tokens", { type: "invalid-tool-call" }],
      ["", "tool_use", { type: "tool-call", input: {} }],
      ['{"a":1}', "max_tokens", { type: "tool-call", input: { a: 1 } }],
      ['{"a":1}', "tool_use", { type: "tool-call", input: { a: 1 } }],
      ['{"a":', "max_tokens", { type: "invalid-tool-call" }],
      ['{"a":', "tool_use", { type: "invalid-tool-call" }],
    ])(
      "with the arguments '%s' and the stop reason %s is judged by its arguments, and with none of them by what stopped it",
      async (json, stop_reason, judged) => {
        const block = { type: "tool_use", id: "toolu_1", name: "f", input: {} };
        const { parts } = await ask(
          start +
            event("content_block_start", { index: 0, content_block: block }) +
            delta(0, { type: "input_json_delta", partial_json: json }) +
            stop +
            event("message_delta", { delta: { stop_reason } }) +
            event("message_stop"),
        );
        expect(parts).toEqual([{ id: "toolu_1", name: "f", json, ...judged }]);
      },
    );
  });

  test("a stop reason ends an answer whose block the server never ended", async () => {
    const begun = event("content_block_start", { index: 0, content_block: { type: "text", text: "Hi" } });
    const { parts, end: ended } = await ask(start + begun + event("message_delta", { delta: { stop_reason: "end_turn" } }));
    expect(parts).toEqual([{ type: "text", text: "Hi" }]);
    expect(ended).toMatchObject({ finishReason: "stop" });
  });

  test("a stop reason of message_start ends nothing: the answer has not begun", async () => {
    const early = event("message_start", { message: { id: "msg_1", model: "claude-x", content: [], stop_reason: "end_turn" } });
    expect((await ask(early)).exception).toMatchObject({ code: "truncated" });
  });

  test("texts of two blocks stay two parts, also where the server ends neither", async () => {
    const { parts } = await ask(
      start + delta(0, { type: "text_delta", text: "one" }) + delta(1, { type: "text_delta", text: "two" }) + end,
    );
    expect(parts).toMatchObject([{ text: "one" }, { text: "two" }]);
  });

  test("arguments outside of a call, and pieces of the wrong type, are malformed", async () => {
    const odd = [
      delta(0, { type: "input_json_delta", partial_json: "{" }),
      delta(0, { type: "text_delta", text: 5 }),
      delta(0, { type: "thinking_delta" }),
      event("content_block_start", { index: 0, content_block: "text" }),
      event("content_block_start", { index: 0, content_block: { type: "redacted_thinking" } }),
      event("content_block_stop"),
    ];
    for (const text of odd) expect((await ask(start + text + end)).exception, text).toMatchObject({ code: "malformed" });
  });

  test("pings alone do not keep an answer alive", async () => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(utf8(start));
        timer = setInterval(() => controller.enqueue(utf8(event("ping"))), 5);
      },
      cancel: () => clearInterval(timer),
    });
    const provider = createAnthropicProvider({ model: "m", retry: false, fetch: () => Promise.resolve(new Response(body)) });
    const { exception } = await observe(provider.stream(request, { deadlines: { idleMs: 60 } }));
    expect(exception).toMatchObject({ code: "timeout", phase: "idle" });
  });

  describe("arguments that stand in their block are kept as they were spelled", () => {
    const spelled = '{ "id": 12345678901234567890, "rate": 1.0, "note": "\\u00e9}]" }';
    const call = (id: string) => `{"type":"tool_use","name":"pay","id":"${id}","input":${spelled}}`;
    const block = (id: string) =>
      `event: content_block_start\ndata: {"type":"content_block_start","index":0,"content_block":${call(id)}}\n\n`;
    const message = `{"id":"m","model":"m","content":[{"type":"text","text":"x"},${call("a")},${call("b")}],"stop_reason":"tool_use"}`;

    test.each([
      ["in a stream", start + block("a") + event("content_block_stop", { index: 0 }) + block("b") + end],
      ["in a message_start", `event: message_start\ndata: {"type":"message_start","message":${message}}\n\n${end}`],
      ["in a whole answer", message],
    ])("%s", async (_where, text) => {
      const { parts } = await ask(text);
      const calls = parts.filter(({ type }) => type === "tool-call");
      expect(calls).toMatchObject([
        { id: "a", json: spelled, input: { rate: 1 } },
        { id: "b", json: spelled },
      ]);
    });

    test("and count only where no deltas bring others", async () => {
      const other = '{"n":2}';
      const { parts } = await ask(start + block("a") + delta(0, { type: "input_json_delta", partial_json: other }) + end);
      expect(parts).toMatchObject([{ type: "tool-call", json: other }]);
    });
  });

  test("a whole answer holds calls, thinking and server tools as a streamed one does", async () => {
    const message = {
      id: "msg_1",
      type: "message",
      role: "assistant",
      model: "claude-x",
      content: [
        { type: "thinking", thinking: "hm", signature: "c2ln" },
        { type: "text", text: "Hi", citations: null },
        { type: "server_tool_use", id: "srv_1", name: "web_search", input: { query: "q" } },
        { type: "tool_use", id: "toolu_1", name: "f", input: { a: 1 } },
      ],
      stop_reason: "tool_use",
      usage: { input_tokens: 1, output_tokens: 2 },
    };
    expect(await ask(JSON.stringify(message))).toMatchObject({
      parts: [
        { type: "reasoning", text: "hm", providerMetadata: { anthropic: { signature: "c2ln" } } },
        { type: "text", text: "Hi" },
        { type: "provider", data: { type: "server_tool_use", input: { query: "q" } } },
        { type: "tool-call", id: "toolu_1", name: "f", input: { a: 1 }, json: '{"a":1}' },
      ],
      end: { finishReason: "tool-calls", usage: { inputTokens: 1, outputTokens: 2 } },
    });
  });
});
