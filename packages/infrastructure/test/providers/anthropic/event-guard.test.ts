import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isUsualDelta } from "../../../src/providers/anthropic/event-guard.js";
import {
  contentBlockDeltaSchema,
  inputJsonDeltaSchema,
  textDeltaSchema,
  thinkingDeltaSchema,
} from "../../../src/providers/anthropic/index.js";
import { odd, usually } from "../../support/odd-values.js";
import { expectGuardWithinSchema } from "../../support/guard-within-schema.js";
import { fixture, streamCases } from "./anthropic-streams.js";

const delta = fc.record(
  {
    type: fc.oneof(fc.constantFrom("text_delta", "thinking_delta", "input_json_delta", "signature_delta"), odd),
    text: usually("a"),
    thinking: usually("a"),
    partial_json: usually("{"),
  },
  { requiredKeys: ["type"] },
);
const event = fc.record(
  {
    type: usually("content_block_delta"),
    index: usually(0),
    delta: fc.oneof({ weight: 9, arbitrary: delta }, { weight: 1, arbitrary: odd }),
    error: usually(undefined),
  },
  { requiredKeys: ["type", "index", "delta"] },
);
const schemas = { text_delta: textDeltaSchema, thinking_delta: thinkingDeltaSchema, input_json_delta: inputJsonDeltaSchema };

test("what the guard accepts, the schemas accept", () => {
  expectGuardWithinSchema({
    guard: isUsualDelta,
    schema: contentBlockDeltaSchema,
    values: event,
    numRuns: 3_000,
    acceptedAbove: 500,
    check: ({ delta: said }) => expect(schemas[said.type].safeParse(said).success).toBe(true),
  });
});

test("the guard accepts every text, thinking and arguments delta of the fixtures", () => {
  const deltas = streamCases
    .flatMap(({ file }) => new TextDecoder().decode(fixture(file)).split("\n"))
    .filter((line) => /^data: .*"(?:text_delta|thinking_delta|input_json_delta)"/u.test(line))
    .map((line): unknown => JSON.parse(line.slice("data: ".length)));
  expect(deltas.length).toBeGreaterThan(15);
  for (const value of deltas) expect(isUsualDelta(value)).toBe(true);
});
