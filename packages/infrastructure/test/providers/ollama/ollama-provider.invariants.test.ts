import { type ChatEvent, userMessage } from "@chatport/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectLawful } from "../../support/answer-rules.js";
import { arbitraryOllamaStream, type OllamaLine } from "../../support/arbitrary-ollama-stream.js";
import { observe, type ObservedAnswer } from "../../support/observed-answer.js";
import { ollamaOf } from "../../support/ollama-server.js";
import { bodyOf, cut, utf8 } from "../../support/pieces.js";

const request = { messages: [userMessage("hi")] };
const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });

function ask(pieces: readonly Uint8Array[]): Promise<ObservedAnswer> {
  return observe(ollamaOf(bodyOf(pieces)).stream(request));
}

function bytesOf(lines: readonly OllamaLine[]): Uint8Array {
  return utf8(lines.map(({ text }) => text).join(""));
}

describe("whatever a server streams", () => {
  test("the consumer sees a lawful answer, a success exactly if its last line came and no failure before it", async () => {
    const outcomes = { success: 0, failure: 0 };
    await fc.assert(
      fc.asyncProperty(arbitraryOllamaStream, async (lines) => {
        const seen = await ask([bytesOf(lines)]);
        expectLawful(seen);
        // No connection fails here: that code would mean that something of ours threw.
        expect(seen.exception?.code).not.toBe("network");
        const first = lines.find(({ says }) => says !== undefined);
        expect(seen.end !== undefined).toBe(first?.says === "end");
        outcomes[seen.end === undefined ? "failure" : "success"]++;
      }),
      { numRuns: 1_000 },
    );
    expect(Math.min(outcomes.success, outcomes.failure)).toBeGreaterThan(100);
  });

  test("the bytes may be cut anywhere, and the consumer sees the same", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryOllamaStream, cuts, async (lines, sizes) => {
        const bytes = bytesOf(lines);
        const whole = comparable(await ask([bytes]));
        expect(comparable(await ask(cut(bytes, ...sizes)))).toEqual(whole);
        expect(comparable(await ask(cut(bytes, 1)))).toEqual(whole);
      }),
      { numRuns: 150 },
    );
  });

  test("a stream that is cut short anywhere is still lawful, and no success without a last line", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryOllamaStream, fc.nat(), async (lines, length) => {
        const bytes = bytesOf(lines);
        const short = bytes.slice(0, bytes.length === 0 ? 0 : length % bytes.length);
        const seen = await ask([short]);
        expectLawful(seen);
        expect(seen.exception?.code).not.toBe("network");
        if (!/"done":true/u.test(new TextDecoder().decode(short))) expect(seen.end).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("wherever the consumer stops", () => {
  test("an abort throws its reason, with nothing but usage before it", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryOllamaStream, cuts, fc.integer({ min: 1, max: 12 }), async (lines, sizes, count) => {
        const controller = new AbortController();
        const reason = new Error("enough");
        const seen: ChatEvent[] = [];
        let thrown: unknown;
        try {
          for await (const event of ollamaOf(bodyOf(cut(bytesOf(lines), ...sizes))).stream(request, { signal: controller.signal })) {
            seen.push(event);
            if (seen.length === count) controller.abort(reason);
          }
        } catch (error) {
          thrown = error;
        }
        const complete = seen.at(count - 1)?.type === "message-end";
        expect(thrown === reason).toBe(controller.signal.aborted && !complete);
        if (thrown === reason) expect(seen.slice(count).filter(({ type }) => type !== "usage")).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

/** Without the ids that are made up for calls that came without one. */
function comparable({ exception, ...rest }: ObservedAnswer): unknown {
  const plain = { ...rest, exception: exception && Object.assign({ message: exception.message }, exception) };
  return JSON.parse(JSON.stringify(plain).replaceAll(/"call_[0-9a-f]{24}"/gu, '"minted"'));
}
