import fc from "fast-check";
import { expect, test } from "vitest";
import { isUsualChunk } from "../../../src/providers/gemini/chunk-guard.js";
import {
  answerPartSchema,
  candidateSchema,
  generateContentResponseSchema,
  usageMetadataSchema,
} from "../../../src/providers/gemini/index.js";
import { arbitraryResponse } from "./arbitrary-gemini-stream.js";

const part = { text: "a", thought: true, thoughtSignature: "eA==" };
const usage = { promptTokenCount: 1, candidatesTokenCount: 2 };
const odd = [
  "x",
  "",
  5,
  null,
  [],
  {},
  true,
  [null],
  [{}],
  { parts: 5 },
  { parts: [null] },
  { parts: [[]] },
  [[]],
  Number.POSITIVE_INFINITY,
];

function chunk(changed: { part?: object; candidate?: object; usage?: object; response?: object } = {}): object {
  const candidate = {
    index: 0,
    content: { role: "model", parts: [{ ...part, ...changed.part }] },
    finishReason: "STOP",
    ...changed.candidate,
  };
  return {
    candidates: [candidate],
    usageMetadata: { ...usage, ...changed.usage },
    modelVersion: "m",
    responseId: "r",
    ...changed.response,
  };
}

function expectSchemaAgrees(value: unknown): void {
  if (isUsualChunk(value)) expect(generateContentResponseSchema.safeParse(value).error, JSON.stringify(value)).toBeUndefined();
}

test("a usual chunk passes the guard", () => {
  expect(isUsualChunk(chunk())).toBe(true);
});

test.each([
  ["part", answerPartSchema],
  ["candidate", candidateSchema],
  ["usage", usageMetadataSchema],
  ["response", generateContentResponseSchema],
] as const)("whatever stands in a field of a %s, what the guard accepts, the schema accepts", (place, schema) => {
  for (const field of Object.keys(schema.shape)) for (const value of odd) expectSchemaAgrees(chunk({ [place]: { [field]: value } }));
});

test("the same for arbitrary responses and values", () => {
  fc.assert(
    fc.property(fc.oneof(arbitraryResponse, fc.jsonValue()), (value) => expectSchemaAgrees(JSON.parse(JSON.stringify(value)))),
    { numRuns: 1_000 },
  );
});

test("the guard leaves calls and what is told of an answer to the schema's way", () => {
  expect(isUsualChunk(chunk({ part: { functionCall: {} } }))).toBe(false);
  expect(isUsualChunk(chunk({ response: { error: { message: "boom" } } }))).toBe(false);
  expect(isUsualChunk(chunk({ response: { promptFeedback: { blockReason: "SAFETY" } } }))).toBe(false);
});
