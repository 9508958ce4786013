import type { ChatEvent, FinishReason } from "@chatport/domain";
import { expect, test } from "vitest";
import { AnswerAssembler } from "../../src/http/answer-assembler.js";

function endOf(json: readonly string[], finishReason: FinishReason): readonly ChatEvent[] {
  const events: ChatEvent[] = [];
  const answer = new AnswerAssembler((event) => events.push(event));
  answer.start("m", undefined);
  for (const [index, text] of json.entries()) {
    const call = answer.startCall(`call_${index}`, "list_files");
    if (text !== "") answer.appendToCall(call, text);
  }
  answer.finish(finishReason, undefined);
  return events.filter(({ type }) => type === "part-end");
}

test.each(["stop", "tool-calls", "other", "pause"] as const)(
  "a call without arguments in an answer that ends by %s is a call with {}",
  (reason) => {
    expect(endOf([""], reason)).toMatchObject([{ part: { type: "tool-call", input: {}, json: "" } }]);
  },
);

test.each(["length", "content-filter"] as const)("a call that %s stopped before its first argument is never run with {}", (reason) => {
  expect(endOf([" "], reason)).toMatchObject([{ part: { type: "invalid-tool-call", json: " " } }]);
  for (const json of ["", " \n"]) {
    expect(endOf([json], reason)).toMatchObject([{ part: { type: "invalid-tool-call", name: "list_files", json } }]);
  }
});

test("only the last call can have been stopped, and only one without arguments", () => {
  expect(endOf(["", "{}"], "length")).toMatchObject([
    { part: { type: "tool-call", input: {} } },
    { part: { type: "tool-call", input: {} } },
  ]);
  expect(endOf(["{}", ""], "length")).toMatchObject([{ part: { type: "tool-call" } }, { part: { type: "invalid-tool-call" } }]);
});

test("a call that something follows was not stopped", () => {
  const events: ChatEvent[] = [];
  const answer = new AnswerAssembler((event) => events.push(event));
  answer.startCall("call_0", "list_files");
  answer.text("And then");
  answer.finish("length", undefined);
  expect(events).toContainEqual({
    type: "part-end",
    index: 0,
    part: { type: "tool-call", id: "call_0", name: "list_files", input: {}, json: "" },
  });
});
