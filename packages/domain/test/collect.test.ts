import { describe, expect, test } from "vitest";
import { type AssistantPart, type ChatEvent, collect, complete, text, textOf, userMessage } from "../src/index.js";
import { FakeChatProvider } from "../src/testing/index.js";
import { allOf } from "./all-of.js";

async function* eventsOf(...events: readonly ChatEvent[]): AsyncGenerator<ChatEvent, void, undefined> {
  yield* events;
}

const start: ChatEvent = { type: "message-start", model: "m", id: "answer_1" };
const end: ChatEvent = { type: "message-end", finishReason: "stop" };
const delta = (index: number, piece: string): ChatEvent => ({ type: "text-delta", index, text: piece });
const partEnd = (index: number, part: AssistantPart): ChatEvent => ({ type: "part-end", index, part });

describe("collect", () => {
  test("gathers the message, its text, and what the end said", async () => {
    const call: AssistantPart = { type: "tool-call", id: "c", name: "weather", input: {}, json: "" };
    const usage = { inputTokens: 3, outputTokens: 5 };
    const completion = await collect(
      eventsOf(
        start,
        partEnd(0, { type: "reasoning", text: "Hm." }),
        delta(1, "Hel"),
        delta(1, "lo"),
        partEnd(1, text("Hello")),
        partEnd(2, call),
        { type: "usage", usage: { inputTokens: 3 } },
        { type: "message-end", finishReason: "tool-calls", rawFinishReason: "tool_calls", usage },
      ),
    );
    expect(completion).toEqual({
      message: { role: "assistant", content: [{ type: "reasoning", text: "Hm." }, text("Hello"), call] },
      text: "Hello",
      finishReason: "tool-calls",
      rawFinishReason: "tool_calls",
      usage,
      model: "m",
      id: "answer_1",
    });
  });

  test("believes the part's end over its deltas", async () => {
    const signed = { ...text("Hello!"), providerMetadata: { acme: { signature: "s" } } };
    expect((await collect(eventsOf(start, delta(0, "Hello?"), partEnd(0, signed), end))).message.content).toEqual([signed]);
  });

  test("joins several texts", async () => {
    expect((await collect(eventsOf(start, partEnd(0, text("a")), partEnd(1, text("b")), end))).text).toBe("ab");
  });

  test("throws truncated, with the text so far, when the stream just ends", async () => {
    await expect(collect(eventsOf(start, delta(0, "Hel"), delta(0, "lo")))).rejects.toMatchObject({
      code: "truncated",
      partial: { content: [text("Hello")] },
    });
  });

  test("passes on what the stream throws", async () => {
    const error = new Error("as it is");
    await expect(collect(new FakeChatProvider({ steps: [{ type: "throw", error }] }).stream({ messages: [] }))).rejects.toBe(error);
  });
});

describe("textOf", () => {
  test("gives the deltas of the text alone", async () => {
    const events = eventsOf(
      start,
      { type: "reasoning-delta", index: 0, text: "Hm." },
      partEnd(0, { type: "reasoning", text: "Hm." }),
      delta(1, "Hel"),
      delta(1, "lo"),
      partEnd(1, text("Hello")),
      end,
    );
    expect(await allOf(textOf(events))).toEqual(["Hel", "lo"]);
  });

  test("gives a part that came without deltas whole, once", async () => {
    const events = eventsOf(start, partEnd(0, text("whole")), delta(1, " and"), partEnd(1, text(" and")), end);
    expect((await allOf(textOf(events))).join("")).toBe("whole and");
  });

  test("gives interleaved parts once each", async () => {
    const events = eventsOf(start, delta(0, "A"), delta(1, "B"), partEnd(0, text("A")), partEnd(1, text("B")), end);
    expect(await allOf(textOf(events))).toEqual(["A", "B"]);
  });

  test("throws when the stream ends without its end", async () => {
    await expect(allOf(textOf(eventsOf(start, delta(0, "A"))))).rejects.toMatchObject({ code: "truncated" });
  });

  test("cancels the request when its loop is left", async () => {
    const fake = new FakeChatProvider({ steps: [{ type: "text", deltas: ["first"] }, { type: "stall" }] });
    for await (const piece of textOf(fake.stream({ messages: [] }))) if (piece === "first") break;
    expect(fake.calls[0]?.outcome).toBe("cancelled");
  });
});

describe("complete", () => {
  test("asks for a whole answer, with the caller's other options", async () => {
    const fake = new FakeChatProvider("hello");
    const { signal } = new AbortController();
    expect((await complete(fake, { messages: [userMessage("hi")] }, { signal, delivery: "stream" })).text).toBe("hello");
    expect(fake.calls[0]?.options).toEqual({ signal, delivery: "whole" });
  });
});
