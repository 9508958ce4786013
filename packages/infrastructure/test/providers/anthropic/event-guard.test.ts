import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isUsualDelta } from "../../../src/providers/anthropic/event-guard.js";
import {
  contentBlockDeltaSchema,
  inputJsonDeltaSchema,
  textDeltaSchema,
  thinkingDeltaSchema,
} from "../../../src/providers/anthropic/index.js";
import { fixture, streamCases } from "./anthropic-streams.js";

const odd = fc.oneof(fc.anything({ maxDepth: 1 }), fc.constantFrom(null, undefined, "", Number.POSITIVE_INFINITY, [], {}));
const usually = (value: unknown): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 19, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: odd });
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
  let accepted = 0;
  fc.assert(
    fc.property(event, (value) => {
      if (!isUsualDelta(value)) return;
      accepted++;
      expect(contentBlockDeltaSchema.safeParse(value).success).toBe(true);
      expect(schemas[value.delta.type].safeParse(value.delta).success).toBe(true);
    }),
    { numRuns: 3_000 },
  );
  expect(accepted).toBeGreaterThan(500);
});

test("the guard accepts every text, thinking and arguments delta of the fixtures", () => {
  const deltas = streamCases
    .flatMap(({ file }) => new TextDecoder().decode(fixture(file)).split("\n"))
    .filter((line) => /^data: .*"(?:text_delta|thinking_delta|input_json_delta)"/u.test(line))
    .map((line): unknown => JSON.parse(line.slice("data: ".length)));
  expect(deltas.length).toBeGreaterThan(15);
  for (const value of deltas) expect(isUsualDelta(value)).toBe(true);
});
