import { expect, test, vi } from "vitest";
import { expectReadingInProportion } from "../../support/answer-growth.js";
import { ask } from "./gemini-server.js";

vi.mock(import("../../../src/http/json-source.js"), { spy: true });

const call = '{"functionCall": {"name": "f", "args": {"n": 1.0}}}';
const candidate = `{"index": 0, "content": {"parts": [${call}]}, "finishReason": "STOP"}`;
const response = `{"candidates": [${candidate}]}`;

test.each([
  ["calls of one candidate", (count: number) => `data: ${response.replace(call, repeated(call, count))}\n\n`],
  ["candidates of one response", (count: number) => `data: {"candidates": [${repeated(candidate, count)}]}\n\n`],
  ["responses of one event", (count: number) => `data: [${repeated(response, count)}]\n\n`],
  ["responses of a JSON array", (count: number) => `[${repeated(response, count)}]`],
])("many %s cost in proportion to their number", async (_name, answer) => {
  await expectReadingInProportion(100 * call.length, async (count) => {
    const { parts } = await ask(answer(count));
    expect(parts).toHaveLength(count);
    for (const part of parts) expect(part).toMatchObject({ type: "tool-call", json: '{"n": 1.0}' });
  });
});

function repeated(text: string, count: number): string {
  return Array.from({ length: count }, () => text).join(", ");
}
