import * as fc from "fast-check";
import type { ChatEvent } from "@chatport/domain";
import { expect, test } from "vitest";
import { redactNothing } from "../../../src/http/redaction.js";
import { isUsualChunk } from "../../../src/providers/openai/chunk-guard.js";
import { ChunkInterpreter } from "../../../src/providers/openai/openai-response.js";
import { chatCompletionChunkSchema } from "../../../src/providers/openai/models.js";
import { expectGuardWithinSchema } from "../../support/guard-within-schema.js";
import { odd, usually } from "../../support/odd-values.js";
import { streamCases } from "../../support/wire-cases.js";

const call = fc.record(
  {
    index: usually(0),
    id: usually("call_1"),
    type: usually("function"),
    function: fc.oneof(fc.record({ name: usually("f"), arguments: usually("{") }), odd),
    custom: usually(null),
    extra_content: usually(null),
  },
  { requiredKeys: ["index", "function"] },
);
const delta = fc.record(
  {
    role: usually("assistant"),
    content: usually("text"),
    refusal: usually(null),
    reasoning: usually("why"),
    reasoning_content: usually("why"),
    reasoning_details: usually(null),
    function_call: usually(null),
    annotations: usually(null),
    images: usually(null),
    audio: usually(null),
    extra_content: usually(null),
    tool_calls: fc.oneof(fc.constant(null), fc.tuple(call), odd),
  },
  { requiredKeys: [] },
);
const choice = fc.record(
  {
    index: usually(0),
    delta: fc.oneof({ weight: 9, arbitrary: delta }, { weight: 1, arbitrary: usually(null) }),
    finish_reason: usually(null),
    logprobs: usually(null),
    message: usually(null),
    error: usually(null),
  },
  { requiredKeys: ["delta"] },
);
const chunk = fc.record(
  {
    id: usually("chatcmpl-1"),
    object: usually("chat.completion.chunk"),
    created: usually(1_700_000_000),
    model: usually("gpt"),
    choices: fc.oneof({ weight: 9, arbitrary: fc.array(choice, { maxLength: 2 }) }, { weight: 1, arbitrary: usually(null) }),
    usage: usually(null),
    x_groq: usually(null),
    error: usually(null),
    citations: usually(null),
    search_results: usually(null),
    service_tier: usually(null),
    system_fingerprint: usually(null),
  },
  { requiredKeys: ["id", "model", "choices"] },
);

test("what the guard accepts, the schema accepts, and reads the same", () => {
  expectGuardWithinSchema({
    guard: isUsualChunk,
    schema: chatCompletionChunkSchema,
    values: fc.oneof(chunk, fc.anything()),
    numRuns: 6_000,
    acceptedAbove: 100,
  });
});

test("a usual chunk is read like any other", () => {
  fc.assert(
    fc.property(chunk, (value) => {
      if (!isUsualChunk(value)) return;
      expect(eventsOf((interpreter) => interpreter.acceptUsual(value))).toEqual(
        eventsOf((interpreter) => interpreter.accept(value, false)),
      );
    }),
    { numRuns: 3_000 },
  );
});

function eventsOf(read: (interpreter: ChunkInterpreter) => void): readonly ChatEvent[] {
  const events: ChatEvent[] = [];
  const failure = () => ({ provider: "openai", redact: redactNothing });
  read(new ChunkInterpreter({ failure, model: "m", mintId: () => "call_minted" }, (event) => events.push(event)));
  return events;
}

test("the guard knows most chunks of real streams", () => {
  const chunks = streamCases
    .filter(({ name }) => name.startsWith("openai-text") || name.startsWith("groq-text") || name.startsWith("deepseek-tool-arg"))
    .flatMap(({ sse }) => sse.split("\n").filter((line) => line.startsWith("data: {")))
    .map((line): unknown => JSON.parse(line.slice(6)));
  expect(chunks.filter(isUsualChunk).length / chunks.length).toBeGreaterThan(0.8);
});
