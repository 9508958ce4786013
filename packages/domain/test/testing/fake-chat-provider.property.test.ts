import * as fc from "fast-check";
import { expect, test } from "vitest";
import { collect, isChatException } from "../../src/index.js";
import { FakeChatProvider, type FakeStep } from "../../src/testing/index.js";
import { expectGrammar } from "../../src/testing/contract/event-grammar.js";
import { observe } from "../../src/testing/contract/observation.js";

const deltas = fc.array(fc.string({ unit: "grapheme" }), { maxLength: 4 });
const usage = fc.record({ inputTokens: fc.nat(), outputTokens: fc.nat() }, { requiredKeys: [] });
const step: fc.Arbitrary<FakeStep> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constantFrom("text", "reasoning", "refusal"), deltas }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("tool-call"), name: fc.string({ minLength: 1 }), deltas }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("usage"), usage }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("end"), finishReason: fc.constantFrom("stop", "length", "tool-calls") }) },
  fc.record({ type: fc.constantFrom("close", "reset") }),
  fc.record({ type: fc.constant("error"), kind: fc.constantFrom("rate-limit", "unavailable"), message: fc.string() }),
);

test("whatever the script, an answer either follows the grammar to its end or throws with what had arrived", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step), fc.constantFrom("stream", "whole"), async (steps, delivery) => {
      const fake = new FakeChatProvider({ steps });
      const { events, thrown } = await observe(fake.stream({ messages: [] }, { delivery }));
      if (thrown === undefined) {
        expectGrammar(events);
        return;
      }
      expect(isChatException(thrown.error)).toBe(true);
      expect(events.map(({ type }) => type)).not.toContain("message-end");
      await expect(collect(fake.stream({ messages: [] }))).rejects.toMatchObject({ name: expect.stringMatching(/Exception$/) });
    }),
  );
});
