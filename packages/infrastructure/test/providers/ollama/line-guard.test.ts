import type { ChatEvent } from "@chatport/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { redactNothing } from "../../../src/http/redaction.js";
import { isUsualLine } from "../../../src/providers/ollama/line-guard.js";
import { chatLineSchema } from "../../../src/providers/ollama/index.js";
import { LineInterpreter } from "../../../src/providers/ollama/ollama-response.js";
import { arbitraryLine } from "../../support/arbitrary-ollama-stream.js";
import { expectGuardWithinSchema } from "../../support/guard-within-schema.js";
import { odd, usually } from "../../support/odd-values.js";

const message = fc.record(
  {
    role: usually("assistant"),
    content: usually("text"),
    thinking: usually("why"),
    tool_calls: usually(null),
    images: usually(null),
  },
  { requiredKeys: ["content"] },
);
const sentLine = fc.record(
  {
    model: usually("llama3.2"),
    created_at: usually("2025-10-26T17:15:24Z"),
    message: fc.oneof({ weight: 9, arbitrary: message }, { weight: 1, arbitrary: odd }),
    done: usually(false),
    done_reason: usually(undefined),
    error: usually(undefined),
    prompt_eval_count: usually(undefined),
    eval_count: usually(undefined),
    logprobs: usually(null),
  },
  { requiredKeys: ["model", "message", "done"] },
);

test("what the guard accepts, the schema accepts, and reads the same", () => {
  expectGuardWithinSchema({
    guard: isUsualLine,
    schema: chatLineSchema,
    values: fc.oneof({ weight: 9, arbitrary: sentLine }, { weight: 1, arbitrary: fc.anything() }),
    numRuns: 5_000,
    acceptedAbove: 500,
  });
});

test("a usual line is read like any other", () => {
  fc.assert(
    fc.property(arbitraryLine, (value) => {
      if (!isUsualLine(value)) return;
      // A count that is told keeps the guard from it, and changes nothing else.
      const unusual = { ...value, prompt_eval_count: 1 };
      expect(isUsualLine(unusual)).toBe(false);
      expect(eventsOf(value)).toEqual(eventsOf(unusual).filter(({ type }) => type !== "usage"));
    }),
    { numRuns: 2_000 },
  );
});

test("the guard knows the lines that streams are made of", () => {
  const line = { model: "m", created_at: "2025-10-26T17:15:24Z", message: { role: "assistant", content: "a" }, done: false };
  expect(isUsualLine(line)).toBe(true);
  expect(isUsualLine({ ...line, message: { role: "assistant", content: "", thinking: "hm" } })).toBe(true);
  expect(isUsualLine({ ...line, error: "boom" })).toBe(false);
});

function eventsOf(value: object): readonly ChatEvent[] {
  const events: ChatEvent[] = [];
  const failure = () => ({ provider: "p", redact: redactNothing });
  const context = { failure, model: "m", mintId: () => "call_minted", origin: "http://127.0.0.1:11434" };
  new LineInterpreter(context, (event) => events.push(event)).onJson(JSON.parse(JSON.stringify(value)), undefined, JSON.stringify(value));
  return events;
}
