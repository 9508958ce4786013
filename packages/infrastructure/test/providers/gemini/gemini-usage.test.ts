import { expect, test } from "vitest";
import { ask, sse } from "./gemini-server.js";

/** What is told of the tokens of an answer in whose events these counts stand. */
async function told(...counts: readonly object[]) {
  const events = counts.map((usageMetadata) => ({ candidates: [{ content: { parts: [{ text: "a" }] } }], usageMetadata }));
  const { events: seen } = await ask(sse([...events, { candidates: [{ finishReason: "STOP" }] }]));
  return seen.flatMap((event) => (event.type === "usage" ? [event.usage] : []));
}

// https://ai.google.dev/api/generate-content#UsageMetadata
const counts = { promptTokenCount: 10, candidatesTokenCount: 6, cachedContentTokenCount: 2, thoughtsTokenCount: 3 };
const usage = { inputTokens: 10, outputTokens: 9, cachedInputTokens: 2, reasoningTokens: 3 };

test("the same counts are told once", async () => {
  expect(await told(counts, counts, counts)).toEqual([usage]);
});

test.each([
  ["the input alone", { promptTokenCount: 11 }, { inputTokens: 11 }],
  ["the output alone", { candidatesTokenCount: 7 }, { outputTokens: 10 }],
  ["the cached input alone", { cachedContentTokenCount: 4 }, { cachedInputTokens: 4 }],
  ["the reasoning alone, as part of an output that stays", { candidatesTokenCount: 5, thoughtsTokenCount: 4 }, { reasoningTokens: 4 }],
])("counts are told anew where they change for %s", async (_what, changed, then) => {
  expect(await told(counts, { ...counts, ...changed })).toEqual([usage, { ...usage, ...then }]);
});
