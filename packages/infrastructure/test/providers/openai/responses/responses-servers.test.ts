import { complete } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { createOpenAIResponsesProvider } from "../../../../src/providers/openai/index.js";
import { transcripts } from "../../../support/llama-transcripts.js";
import { observe } from "../../../support/observed-answer.js";
import { utf8 } from "../../../support/pieces.js";
import { providerOf } from "./responses-streams.js";
import { added, args, ask, call, done, end, event, message, request, start, text } from "./stream-text.js";

describe("what servers make of it", () => {
  test("a real llama.cpp server's answer is read, without output indices (recorded transcript)", async () => {
    const recorded = transcripts.find(({ name }) => name === "15-responses-stream");
    if (recorded === undefined) throw new Error("The transcript is one of the fixtures.");
    expect(await complete(providerOf([recorded.body]), request)).toMatchObject({
      text: "Amy. She loved",
      model: "asked-model",
      finishReason: "stop",
      message: { content: [{ type: "text", text: "Amy. She loved" }] },
      usage: { inputTokens: 15, cachedInputTokens: 14, outputTokens: 6 },
    });
  });

  test("the data alone is enough where events have no names", async () => {
    const seen = await ask(
      (start + text("Hi", { output_index: 0 }) + done(message("msg_1", "Hi"), 0) + end()).replaceAll(/^event: .*\n/gmu, ""),
    );
    expect(seen.parts).toMatchObject([{ type: "text", text: "Hi" }]);
    expect(seen.end).toMatchObject({ finishReason: "stop" });
  });

  test("final events alone make the whole answer, and say nothing twice", async () => {
    const place = { item_id: "msg_1", output_index: 0, content_index: 0 };
    const body =
      start +
      event("response.output_text.done", { ...place, text: "Hello" }) +
      event("response.content_part.done", { ...place, part: { type: "output_text", text: "Hello", annotations: [] } }) +
      done(message("msg_1", "Hello"), 0) +
      event("response.function_call_arguments.done", { item_id: "fc_1", output_index: 1, arguments: '{"a":1}' }) +
      done(call("fc_1", "call_1", '{"a":1}'), 1) +
      end([message("msg_1", "Hello"), call("fc_1", "call_1", '{"a":1}')]);
    const seen = await ask(body);
    expect(seen.parts).toMatchObject([
      { type: "text", text: "Hello" },
      { type: "tool-call", id: "call_1", name: "f", json: '{"a":1}' },
    ]);
    expect(seen.events.filter(({ type }) => type === "text-delta")).toEqual([{ type: "text-delta", index: 0, text: "Hello" }]);
  });

  test("what no event brought is read from the response at its end", async () => {
    const reasoning = { id: "rs_1", type: "reasoning", summary: [{ type: "summary_text", text: "hm" }], encrypted_content: "sealed" };
    const seen = await ask(
      start + end([reasoning, message("msg_1", "Hi"), { id: "ws_1", type: "web_search_call" }, call("fc_1", "call_1", "")]),
    );
    expect(seen.parts).toMatchObject([
      { type: "reasoning", text: "hm", providerMetadata: { openai: { item: reasoning } } },
      { type: "text", text: "Hi" },
      { type: "provider", data: { id: "ws_1" } },
      { type: "tool-call", id: "call_1", input: {} },
    ]);
    expect(seen.end).toMatchObject({ finishReason: "tool-calls" });
  });

  test("the rest of a text is told by its final event", async () => {
    const seen = await ask(
      start + added(message("msg_1", ""), 0) + text("Hel", { output_index: 0 }) + done(message("msg_1", "Hello"), 0) + end(),
    );
    expect(seen.events.flatMap((each) => (each.type === "text-delta" ? [each.text] : []))).toEqual(["Hel", "lo"]);
    expect(seen.parts).toMatchObject([{ type: "text", text: "Hello" }]);
  });

  test("a final text that says otherwise is kept as state: what was said stays said", async () => {
    const seen = await ask(
      start + text("Hallo", { output_index: 0 }) + done(message("msg_1", "Hello"), 0) + end([message("msg_1", "Hello")]),
    );
    expect(seen.parts).toMatchObject([{ type: "text", text: "Hallo", providerMetadata: { openai: { final: "Hello" } } }]);
  });

  test("arguments that were spelled differently at the end are those of the pieces", async () => {
    const body =
      start + added(call("fc_1", "call_1", ""), 0) + args('{"a":1}', { output_index: 0 }) + done(call("fc_1", "call_1", '{ "a": 1 }'), 0);
    expect((await ask(body + end())).parts).toMatchObject([{ type: "tool-call", json: '{"a":1}', input: { a: 1 } }]);
  });

  test("arguments that mean something else at the end make a call that is shown and never run", async () => {
    const body =
      start + added(call("fc_1", "call_1", ""), 0) + args('{"a":1}', { output_index: 0 }) + done(call("fc_1", "call_1", '{"a":2}'), 0);
    expect((await ask(body + end())).parts).toMatchObject([{ type: "invalid-tool-call", json: '{"a":1}' }]);
  });

  test("the empty object that some servers begin a call with does not stand before its arguments", async () => {
    const begun = start + added(call("fc_1", "call_1", "{}"), 0);
    const whole = begun + args('{"a":1}', { output_index: 0 }) + done(call("fc_1", "call_1", '{"a":1}'), 0);
    expect((await ask(whole + end())).parts).toMatchObject([{ type: "tool-call", input: { a: 1 } }]);
    expect((await ask(begun + done(call("fc_1", "call_1", "{}"), 0) + end())).parts).toMatchObject([{ type: "tool-call", input: {} }]);
  });

  test.each([
    ["goes on from", ["lo"], "Hello"],
    ["says again", ["Hel", "lo"], "Hello"],
    ["is all that there is of", [], "Hel"],
  ])("a text that an item begins with counts once when what follows %s it", async (_how, pieces, said) => {
    const body = start + added(message("msg_1", "Hel"), 0) + pieces.map((piece) => text(piece, { output_index: 0 })).join("");
    expect((await ask(body + end())).parts).toMatchObject([{ type: "text", text: said }]);
    expect((await ask(body + done(message("msg_1", said), 0) + end())).parts).toMatchObject([{ type: "text", text: said }]);
  });

  test("items whose id is another in every event are found by their index", async () => {
    const body =
      start +
      added(message("a", "", { content: [] }), 0) +
      text("Hi", { item_id: "b", output_index: 0, content_index: 0 }) +
      text(" you", { item_id: "c", output_index: 0, content_index: 0 }) +
      done(message("d", "Hi you"), 0) +
      added(call("e", "call_1", ""), 1) +
      args("{}", { item_id: "f", output_index: 1 }) +
      done(call("g", "call_1", "{}"), 1);
    const seen = await ask(body + end([message("h", "Hi you"), call("i", "call_1", "{}")]));
    expect(seen.parts).toMatchObject([
      { type: "text", text: "Hi you", providerMetadata: { openai: { item: { id: "d" } } } },
      { type: "tool-call", id: "call_1", json: "{}" },
    ]);
    expect(seen.parts).toHaveLength(2);
  });

  test("items that all have the index 0 are told apart by their ids", async () => {
    const body =
      start +
      added(call("fc_1", "call_1", ""), 0) +
      added(call("fc_2", "call_2", ""), 0) +
      args('{"n":', { item_id: "fc_1", output_index: 0 }) +
      args('{"n":2}', { item_id: "fc_2", output_index: 0 }) +
      args("1}", { item_id: "fc_1", output_index: 0 }) +
      done(call("fc_1", "call_1", '{"n":1}'), 0) +
      done(call("fc_2", "call_2", '{"n":2}'), 0);
    expect((await ask(body + end())).parts).toMatchObject([
      { id: "call_1", input: { n: 1 } },
      { id: "call_2", input: { n: 2 } },
    ]);
  });

  test("pieces without any place go to what was spoken of last", async () => {
    const body =
      start +
      text("Hi", {}) +
      done(message("msg_1", "Hi")) +
      added(call("fc_1", "call_1", "")) +
      args("{}", {}) +
      done(call("fc_1", "call_1", "{}"));
    expect((await ask(body + end())).parts).toMatchObject([{ text: "Hi" }, { type: "tool-call", id: "call_1" }]);
  });

  test("arguments that come before their call's name are held until it is known", async () => {
    const body = start + args('{"a"', { item_id: "fc_1" }) + args(":1}", { item_id: "fc_1" }) + done(call("fc_1", "call_1", '{"a":1}'));
    expect((await ask(body + end())).parts).toMatchObject([{ type: "tool-call", id: "call_1", name: "f", json: '{"a":1}' }]);
  });

  test("arguments that come as an object are read as their JSON", async () => {
    expect((await ask(start + end([call("fc_1", "call_1", { a: 1 })]))).parts).toMatchObject([{ type: "tool-call", json: '{"a":1}' }]);
  });

  test.each([
    ["was never done", "", "invalid-tool-call"],
    [
      "is done by its arguments alone",
      event("response.function_call_arguments.done", { output_index: 0, arguments: '{"a":1}' }),
      "tool-call",
    ],
    ["is done", done(call("fc_1", "call_1", '{"a":1}'), 0), "tool-call"],
    [
      "is done by its arguments, and its status was never updated",
      event("response.function_call_arguments.done", { output_index: 0, arguments: '{"a":1}' }) +
        done(call("fc_1", "call_1", '{"a":1}', { status: "in_progress" }), 0),
      "tool-call",
    ],
    ["is done as incomplete", done(call("fc_1", "call_1", '{"a":1}', { status: "incomplete" }), 0), "invalid-tool-call"],
  ])("a call that %s is no call to run unless its end was told", async (_how, ending, type) => {
    const body = start + added(call("fc_1", "call_1", ""), 0) + args('{"a":1}', { output_index: 0 }) + ending + end();
    expect((await ask(body)).parts).toMatchObject([{ type, id: "call_1", name: "f", json: '{"a":1}' }]);
  });

  test("broken arguments make an invalid call, as received", async () => {
    expect((await ask(start + done(call("fc_1", "call_1", "{'a'}"), 0) + end())).parts).toMatchObject([
      { type: "invalid-tool-call", json: "{'a'}" },
    ]);
  });

  test("reasoning that comes as it is, without a summary, is read (gpt-oss on vLLM, whose parts are called output_text)", async () => {
    const place = { item_id: "msg_r", output_index: 0, content_index: 0 };
    const item = { id: "msg_r", type: "reasoning", summary: [], content: [{ type: "reasoning_text", text: "The user" }] };
    const body =
      start +
      added({ ...item, content: null }, 0) +
      event("response.content_part.added", { ...place, part: { type: "output_text", text: "" } }) +
      event("response.reasoning_text.delta", { ...place, delta: "The" }) +
      event("response.reasoning_text.delta", { ...place, delta: " user" }) +
      event("response.reasoning_text.done", { ...place, text: "The user" }) +
      event("response.content_part.done", { ...place, part: { type: "output_text", text: "The user" } }) +
      done(item, 0) +
      done(message("msg_1", "Hi"), 1);
    const seen = await ask(body + end([item, message("msg_1", "Hi")]));
    expect(seen.parts).toMatchObject([{ type: "reasoning", text: "The user", providerMetadata: { openai: { item } } }, { text: "Hi" }]);
    expect(seen.parts).toHaveLength(2);
  });

  test("texts of two parts of a message, and of two messages, stay apart", async () => {
    const content = [
      { type: "output_text", text: "one", annotations: [] },
      { type: "output_text", text: "two", annotations: [] },
    ];
    const body = start + text("one", { output_index: 0, content_index: 0 }) + text("two", { output_index: 0, content_index: 1 });
    const { parts } = await ask(body + done(message("msg_1", "", { content }), 0) + done(message("msg_2", "three"), 1) + end());
    expect(parts).toMatchObject([{ text: "one" }, { text: "two" }, { text: "three" }]);
  });

  test("items whose pieces come in turns lose nothing", async () => {
    const annotation = { type: "url_citation", url: "https://example.com" };
    const body =
      start +
      added(message("msg_1", "", { content: [] }), 0) +
      added(message("msg_2", "", { content: [] }), 1) +
      text("a", { output_index: 0 }) +
      text("x", { output_index: 1 }) +
      done(message("msg_1", "a", { content: [{ type: "output_text", text: "a", annotations: [annotation] }] }), 0) +
      text("y", { output_index: 1 }) +
      done(message("msg_2", "xy"), 1);
    const { parts } = await ask(body + end());
    expect(parts).toMatchObject([
      { text: "a" },
      { text: "x" },
      { text: "", providerMetadata: { openai: { annotations: [annotation] } } },
      { text: "y" },
    ]);
  });

  test("reasoning that something else came between keeps its item", async () => {
    const item = { id: "rs_1", type: "reasoning", summary: [{ type: "summary_text", text: "hm" }], encrypted_content: "sealed" };
    const body =
      start +
      added({ ...item, summary: [] }, 0) +
      event("response.reasoning_summary_text.delta", { output_index: 0, summary_index: 0, delta: "hm" }) +
      done({ id: "ws_1", type: "web_search_call" }, 1) +
      done(item, 0);
    expect((await ask(body + end())).parts).toEqual([
      { type: "reasoning", text: "hm" },
      {
        type: "provider",
        vendor: "openai",
        data: { id: "ws_1", type: "web_search_call" },
        providerMetadata: { openai: { origin: "https://api.openai.com" } },
      },
      { type: "reasoning", text: "", providerMetadata: { openai: { item, model: "asked-model", origin: "https://api.openai.com" } } },
    ]);
  });

  test("calls of one item id at two indices are two calls, also where they are made at once", async () => {
    const calls = [call("fc_1", "call_1", '{"a":1}'), call("fc_1", "call_2", '{"b":2}')] as const;
    const pieces = [
      ...calls.map((item, index) => added({ ...item, arguments: "", status: "in_progress" }, index)),
      ...calls.map(({ id, arguments: json }, index) => args(String(json), { item_id: id, output_index: index })),
      ...calls.map((item, index) => done(item, index)),
    ];
    expect((await ask(start + pieces.join("") + end(calls))).parts).toMatchObject([
      { type: "tool-call", id: "call_1", json: '{"a":1}' },
      { type: "tool-call", id: "call_2", json: '{"b":2}' },
    ]);
  });

  test("events, items and content of unknown types are no failure, and what was sent is kept", async () => {
    const novel = { id: "n_1", type: "of_tomorrow", payload: { deep: [1] } };
    const sparkle = { type: "sparkle", glitter: true };
    const body =
      start +
      event("response.of_tomorrow.delta", { delta: { odd: 1 } }) +
      event("brand_new") +
      done(novel, 0) +
      done(message("msg_1", "", { content: [sparkle, { type: "output_text", text: "ok" }] }), 1);
    expect((await ask(body + end())).parts).toMatchObject([
      { type: "provider", data: novel },
      { type: "text", text: "ok" },
      { type: "provider", data: { content: sparkle } },
    ]);
  });

  test("an item of the server's that was cut is kept, in a form that is never sent back", async () => {
    const item = { id: "ci_1", type: "code_interpreter_call", code: "" };
    const body =
      start + added(item, 0) + event("response.incomplete", { response: { incomplete_details: { reason: "max_output_tokens" } } });
    expect((await ask(body)).parts).toMatchObject([{ type: "provider", data: { unfinished: item } }]);
  });

  test("citations that come one by one are kept where nothing tells them again", async () => {
    const body =
      start +
      text("Hi", { output_index: 0 }) +
      event("response.output_text.annotation.added", {
        output_index: 0,
        content_index: 0,
        annotation_index: 0,
        annotation: { type: "file_citation" },
      });
    expect((await ask(body + end())).parts).toMatchObject([
      { text: "Hi", providerMetadata: { openai: { annotations: [{ type: "file_citation" }] } } },
    ]);
  });

  test("keepalives do not keep an answer alive", async () => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(utf8(start + text("Hi", {})));
        timer = setInterval(() => controller.enqueue(utf8(event("keepalive", { sequence_number: 1 }))), 5);
      },
      cancel: () => clearInterval(timer),
    });
    const provider = createOpenAIResponsesProvider({ model: "m", retry: false, fetch: () => Promise.resolve(new Response(body)) });
    const { exception } = await observe(provider.stream(request, { deadlines: { idleMs: 60 } }));
    expect(exception).toMatchObject({ code: "timeout", phase: "idle" });
  });

  test("a model that has begun to think may take as long as one that has said nothing", async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(utf8(start + added({ id: "rs_1", type: "reasoning", summary: [] }, 0))),
    });
    const provider = createOpenAIResponsesProvider({ model: "m", retry: false, fetch: () => Promise.resolve(new Response(body)) });
    const { exception } = await observe(provider.stream(request, { deadlines: { firstTokenMs: 60, idleMs: 10 } }));
    expect(exception).toMatchObject({ code: "timeout", phase: "first-token" });
  });
});
