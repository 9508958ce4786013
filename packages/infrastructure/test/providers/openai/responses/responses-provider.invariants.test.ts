import { type ChatEvent, userMessage } from "@chatport/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseJson } from "../../../../src/http/json.js";
import { expectLawful } from "../../../support/answer-rules.js";
import { comparable } from "../../../support/fed-provider.js";
import { observe, type ObservedAnswer } from "../../../support/observed-answer.js";
import { cut, utf8 } from "../../../support/pieces.js";
import { arbitraryResponse, type Block } from "./arbitrary-response.js";
import { providerOf } from "./responses-streams.js";

const request = { messages: [userMessage("hi")] };
const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });

function ask(pieces: readonly Uint8Array[]): Promise<ObservedAnswer> {
  return observe(providerOf(pieces).stream(request));
}

function bytesOf(blocks: readonly Block[]): Uint8Array {
  return utf8(blocks.map(({ text }) => text).join(""));
}

/** The rules for every adapter call a call valid if its arguments parse; here one that was never done may be cut nevertheless. */
function expectLawfulOrCut(seen: ObservedAnswer): void {
  const events = seen.events.map((event): ChatEvent => {
    if (event.type !== "part-end" || event.part.type !== "invalid-tool-call" || event.part.name === "") return event;
    const input = event.part.json.trim() === "" ? {} : parseJson(event.part.json);
    return input === undefined ? event : { ...event, part: { ...event.part, type: "tool-call", input } };
  });
  expectLawful({ ...seen, events });
}

test("whatever a server streams, the consumer sees a lawful answer, and never an error of ours", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryResponse, async (blocks) => {
      const seen = await ask([bytesOf(blocks)]);
      expectLawfulOrCut(seen);
      // No connection fails here: that code would mean that something of ours threw.
      expect(seen.exception?.code).not.toBe("network");
    }),
    { numRuns: 1_500 },
  );
});

test("it is a success if its response ended and nothing failed before, and otherwise never", async () => {
  const outcomes = { success: 0, failure: 0 };
  await fc.assert(
    fc.asyncProperty(arbitraryResponse, async (blocks) => {
      const { end, exception } = await ask([bytesOf(blocks)]);
      const last = blocks.findIndex(({ says }) => says === "end");
      const counted = last === -1 ? blocks : blocks.slice(0, last + 1);
      const failed = last === -1 || counted.some(({ says }) => says === "failure");
      if (failed) expect(end).toBeUndefined();
      else expect(exception).toBeUndefined();
      outcomes[end === undefined ? "failure" : "success"]++;
    }),
    { numRuns: 1_000 },
  );
  expect(Math.min(outcomes.success, outcomes.failure)).toBeGreaterThan(100);
});

test("the bytes may be cut anywhere, and the consumer sees the same", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryResponse, cuts, async (blocks, sizes) => {
      const bytes = bytesOf(blocks);
      const whole = comparable(await ask([bytes]));
      expect(comparable(await ask(cut(bytes, ...sizes)))).toEqual(whole);
      expect(comparable(await ask(cut(bytes, 1)))).toEqual(whole);
    }),
    { numRuns: 100 },
  );
});

test("a stream that is cut short anywhere is still lawful, and no success before its last event", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryResponse, fc.nat(), async (blocks, length) => {
      const bytes = bytesOf(blocks);
      const short = bytes.slice(0, bytes.length === 0 ? 0 : length % bytes.length);
      const seen = await ask([short]);
      expectLawfulOrCut(seen);
      if (!/"type":"response\.(?:completed|incomplete)"/u.test(new TextDecoder().decode(short))) expect(seen.end).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});

test("an abort throws its reason, with nothing but usage before it", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryResponse, cuts, fc.nat({ max: 12 }), async (blocks, sizes, count) => {
      const controller = new AbortController();
      const reason = new Error("enough");
      const seen: ChatEvent[] = [];
      let thrown: unknown;
      try {
        if (count === 0) controller.abort(reason);
        for await (const event of providerOf(cut(bytesOf(blocks), ...sizes)).stream(request, { signal: controller.signal })) {
          seen.push(event);
          if (seen.length === count) controller.abort(reason);
        }
      } catch (error) {
        thrown = error;
      }
      const complete = seen.at(count - 1)?.type === "message-end";
      if (controller.signal.aborted && !complete) {
        expect(thrown).toBe(reason);
        expect(seen.slice(count).filter(({ type }) => type !== "usage")).toEqual([]);
      } else {
        expect(thrown).not.toBe(reason);
      }
    }),
    { numRuns: 200 },
  );
});
