import { describe, expect, test, vi } from "vitest";
import { ask } from "./gemini-server.js";

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

const call = '{"functionCall": {"name": "f", "args": {"n": 1.0}}}';
const candidate = `{"index": 0, "content": {"parts": [${call}]}, "finishReason": "STOP"}`;
const response = `{"candidates": [${candidate}]}`;

function repeated(text: string, count: number): string {
  return Array.from({ length: count }, () => text).join(", ");
}

async function charactersReadOf(body: string, calls: number): Promise<number> {
  read.characters = 0;
  const { parts } = await ask(body);
  expect(parts).toHaveLength(calls);
  for (const part of parts) expect(part).toMatchObject({ type: "tool-call", json: '{"n": 1.0}' });
  return read.characters;
}

describe.each([
  ["calls of one candidate", (count: number) => `data: ${response.replace(call, repeated(call, count))}\n\n`],
  ["candidates of one response", (count: number) => `data: {"candidates": [${repeated(candidate, count)}]}\n\n`],
  ["responses of one event", (count: number) => `data: [${repeated(response, count)}]\n\n`],
  ["responses of a JSON array", (count: number) => `[${repeated(response, count)}]`],
])("many %s", (_name, answer) => {
  test("cost in proportion to their number", async () => {
    const few = await charactersReadOf(answer(100), 100);
    const many = await charactersReadOf(answer(1_000), 1_000);
    expect(few).toBeGreaterThan(100 * call.length);
    // Ten times as many; work that grew with the square would be a hundred times.
    expect(many / few).toBeLessThan(15);
  });
});
