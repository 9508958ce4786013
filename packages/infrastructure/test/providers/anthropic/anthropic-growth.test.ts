import { userMessage } from "@chatport/domain";
import { describe, expect, test, vi } from "vitest";
import { observe } from "../../support/observed-answer.js";
import { utf8 } from "../../support/pieces.js";
import { providerOf } from "./anthropic-streams.js";

const read = vi.hoisted(() => ({ characters: 0 }));

// Counts what is read of an answer's source: whatever the machine is busy with, twice the input has to be twice the work.
vi.mock(import("../../../src/http/json-source.js"), async (importOriginal) => {
  const { jsonSource, jsonItemSources } = await importOriginal();
  return {
    jsonSource: (text, path) => {
      read.characters += text.length;
      return jsonSource(text, path);
    },
    jsonItemSources: (text) => {
      read.characters += text.length;
      return jsonItemSources(text);
    },
  };
});

const ask = (text: string) => observe(providerOf([utf8(text)]).stream({ messages: [userMessage("hi")] }));

function event(type: string, fields: object = {}): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}

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
    const work: number[] = [];
    for (const count of [100, 1_000]) {
      read.characters = 0;
      const { parts } = await ask(answer(count));
      expect(parts.map((part) => part.type === "tool-call" && part.json)).toEqual(calls(count).map(({ input }) => JSON.stringify(input)));
      work.push(read.characters);
    }
    const [few = 0, many = 0] = work;
    expect(few).toBeGreaterThan(1_000);
    // Ten times as many; work that grew with the square would be a hundred times.
    expect(many / few).toBeLessThan(15);
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
