import { PassThrough } from "node:stream";
import type { ChatEvent } from "@chatport/domain";
import { expect, test } from "vitest";
import { AnswerWriter } from "../src/answer-writer.js";
import { Output } from "../src/output.js";

/** What a person finds on standard output and standard error: two pipes, or one screen. */
async function written(events: readonly ChatEvent[], isTTY: boolean): Promise<{ readonly answer: string; readonly notes: string }> {
  const streams = { answer: new PassThrough(), notes: new PassThrough() };
  const texts = { answer: "", notes: "" };
  for (const name of ["answer", "notes"] as const) streams[name].setEncoding("utf8").on("data", (text: string) => (texts[name] += text));
  const output = (stream: PassThrough): Output => new Output(Object.assign(stream, { isTTY }), false, () => {});
  const writer = new AnswerWriter({ answer: output(streams.answer), notes: output(streams.notes) });
  for (const event of events) await writer.write(event);
  await writer.end();
  return texts;
}

const withProviderPart: readonly ChatEvent[] = [
  { type: "message-start", model: "m" },
  { type: "text-delta", index: 0, text: "one " },
  { type: "part-end", index: 0, part: { type: "text", text: "one " } },
  { type: "part-end", index: 1, part: { type: "provider", vendor: "acme", data: {} } },
  { type: "part-end", index: 2, part: { type: "text", text: "two" } },
  { type: "message-end", finishReason: "stop" },
];

test("a note does not break the line of an answer that goes into a pipe", async () => {
  const { answer, notes } = await written(withProviderPart, false);
  expect(answer).toBe("one two\n");
  expect(notes).toMatch(/^chatport: .*acme.*\n$/);
});

test("a note on the answer's own screen gets a line of its own", async () => {
  expect((await written(withProviderPart, true)).answer).toBe("one \ntwo\n");
});

test("thoughts are shown on a screen and left out of a log", async () => {
  const events: readonly ChatEvent[] = [
    { type: "reasoning-delta", index: 0, text: "hm" },
    { type: "part-end", index: 0, part: { type: "reasoning", text: "hm" } },
    { type: "text-delta", index: 1, text: "yes" },
    { type: "message-end", finishReason: "stop" },
  ];
  expect(await written(events, true)).toEqual({ answer: "yes\n", notes: "hm\n" });
  expect(await written(events, false)).toEqual({ answer: "yes\n", notes: "" });
});

test("an answer without a word says so", async () => {
  expect(await written([{ type: "message-end", finishReason: "stop" }], false)).toEqual({
    answer: "",
    notes: "chatport: the answer is empty\n",
  });
});
