import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isUsualDelta } from "../../../../src/providers/openai/responses/delta-guard.js";
import { deltaEventSchema } from "../../../../src/providers/openai/responses/models/answer.js";
import { expectGuardWithinSchema } from "../../../support/guard-within-schema.js";
import { odd, usually } from "../../../support/odd-values.js";
import { fixture, streamCases } from "./responses-streams.js";

const deltaTypes = [
  "response.output_text.delta",
  "response.refusal.delta",
  "response.reasoning_summary_text.delta",
  "response.reasoning_text.delta",
  "response.function_call_arguments.delta",
];
const event = fc.record(
  {
    type: fc.oneof({ weight: 19, arbitrary: fc.constantFrom(...deltaTypes) }, { weight: 1, arbitrary: odd }),
    delta: usually("a"),
    item_id: usually("msg_1"),
    output_index: usually(0),
    content_index: usually(0),
    summary_index: usually(undefined),
    logprobs: usually([]),
    error: usually(undefined),
    sequence_number: usually(4),
    obfuscation: usually("x"),
  },
  { requiredKeys: ["type", "delta"] },
);

test("what the guard accepts, the schema accepts, and reads the same", () => {
  expectGuardWithinSchema({
    guard: isUsualDelta,
    schema: deltaEventSchema,
    values: fc.oneof({ weight: 9, arbitrary: event }, { weight: 1, arbitrary: fc.anything() }),
    numRuns: 3_000,
    acceptedAbove: 500,
    check: ({ type }) => expect(deltaTypes).toContain(type),
  });
});

test("the guard accepts every delta of the fixtures that says a part of the answer", () => {
  const deltas = streamCases
    .flatMap(({ file }) => new TextDecoder().decode(fixture(file)).split("\n"))
    .filter((line) => deltaTypes.some((type) => line.startsWith(`data: {"type":"${type}"`)))
    .map((line): unknown => JSON.parse(line.slice("data: ".length)));
  expect(deltas.length).toBeGreaterThan(30);
  for (const value of deltas) expect(isUsualDelta(value)).toBe(true);
});

test("a delta with an error, or with token probabilities, is for the schema", () => {
  const usual = { type: "response.output_text.delta", delta: "a", logprobs: [] };
  expect(isUsualDelta(usual)).toBe(true);
  expect(isUsualDelta({ ...usual, error: { message: "boom" } })).toBe(false);
  expect(isUsualDelta({ ...usual, logprobs: [{ token: "a" }] })).toBe(false);
});
