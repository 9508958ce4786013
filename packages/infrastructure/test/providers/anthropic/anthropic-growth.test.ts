import { userMessage } from "@chatport/domain";
import { describe, expect, test, vi } from "vitest";
import { expectReadingInProportion } from "../../support/answer-growth.js";
import { namedEvent } from "../../support/named-events.js";
import { observe } from "../../support/observed-answer.js";
import { utf8 } from "../../support/pieces.js";
import { providerOf } from "./anthropic-streams.js";

vi.mock(import("../../../src/http/json-source.js"), { spy: true });

const ask = (text: string) => observe(providerOf([utf8(text)]).stream({ messages: [userMessage("hi")] }));

const event = (type: string, fields: object = {}) => namedEvent({ type, ...fields });
const start = event("message_start", { message: { id: "msg_1", model: "claude-x", content: [] } });
const end = event("message_delta", { delta: { stop_reason: "end_turn" } }) + event("message_stop");

describe("many calls", () => {
  const calls = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ type: "tool_use", id: `toolu_${at}`, name: "f", input: { at } }));

  test.each([
    ["of a whole answer", (count: number) => JSON.stringify({ content: calls(count), stop_reason: "tool_use" })],
    ["of a message_start", (count: number) => event("message_start", { message: { content: calls(count) } }) + end],
    [
      "of a stream",
      (count: number) =>
        start +
        calls(count)
          .map((block, index) => begun(index, block))
          .join("") +
        end,
    ],
  ])("%s cost in proportion to their number", async (_where, answer) => {
    await expectReadingInProportion(1_000, async (count) => {
      const { parts } = await ask(answer(count));
      expect(parts.map((part) => part.type === "tool-call" && part.json)).toEqual(calls(count).map(({ input }) => JSON.stringify(input)));
    });
  });

  const begun = (index: number, block: object) => event("content_block_start", { index, content_block: block });
});

test("many deltas of a block that is not known cost in proportion to their number: it is made once", async () => {
  const count = 500;
  const deltas = Array.from({ length: count }, (_, at) =>
    event("content_block_delta", { index: 0, delta: { type: "sparkle_delta", content: "ab", [`field${at}`]: at } }),
  );
  const block = event("content_block_start", { index: 0, content_block: { type: "sparkle", content: "" } });
  const made = vi.spyOn(Object, "fromEntries");
  const { parts } = await ask(start + block + deltas.join("") + end);
  const members = made.mock.results.map(({ value }) => Object.keys(Object(value)).length);
  made.mockRestore();
  expect(parts).toMatchObject([{ type: "provider", data: { type: "sparkle", content: "ab".repeat(count), field0: 0, field499: 499 } }]);
  expect(members.reduce((sum, one) => sum + one, 0)).toBeLessThan(4 * count);
});

test("many calls that the server does not end cost in proportion to their number: the next one does not look through them", async () => {
  const count = 500;
  const calls = Array.from({ length: count }, (_, index) =>
    event("content_block_start", { index, content_block: { type: "tool_use", id: `c${index}`, name: "f", input: {} } }),
  );
  const steps = vi.spyOn(Object.getPrototypeOf(new Map().entries()) as { next: () => unknown }, "next");
  const { parts } = await ask(start + calls.join("") + end);
  const taken = steps.mock.calls.length;
  steps.mockRestore();
  expect(parts).toHaveLength(count);
  expect(taken).toBeGreaterThan(count);
  expect(taken).toBeLessThan(20 * count);
});
