import type { ChatEvent } from "@chatport/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { redactNothing } from "../../../src/http/redaction.js";
import { isUsualLine } from "../../../src/providers/ollama/line-guard.js";
import { chatLineSchema } from "../../../src/providers/ollama/index.js";
import { LineInterpreter } from "../../../src/providers/ollama/ollama-response.js";
import { arbitraryLine } from "../../support/arbitrary-ollama-stream.js";

test("what the guard accepts, the schema accepts, and reads the same", () => {
  let accepted = 0;
  fc.assert(
    fc.property(fc.oneof({ weight: 9, arbitrary: arbitraryLine }, { weight: 1, arbitrary: fc.anything() }), (value) => {
      if (!isUsualLine(value)) return;
      accepted++;
      expect(chatLineSchema.parse(value)).toEqual(value);
    }),
    { numRuns: 5_000 },
  );
  expect(accepted).toBeGreaterThan(500);
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
