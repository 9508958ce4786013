import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectLawful } from "../../support/answer-rules.js";
import { cut, utf8 } from "../../support/pieces.js";
import { arbitraryGeminiStream, arbitraryResponse, type Block } from "./arbitrary-gemini-stream.js";
import { ask, comparable, providerOf, request } from "./gemini-server.js";

const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });

function bytesOf(blocks: readonly Block[]): Uint8Array {
  return utf8(blocks.map(({ text }) => text).join(""));
}

describe("whatever a server streams", () => {
  test("the consumer sees a lawful answer: a success if it has a finish reason and no failure, and otherwise never", async () => {
    const outcomes = { success: 0, failure: 0 };
    await fc.assert(
      fc.asyncProperty(arbitraryGeminiStream, async (blocks) => {
        const seen = await ask([bytesOf(blocks)]);
        expectLawful(seen);
        // No connection fails here: that code would mean that something of ours threw.
        expect(seen.exception?.code).not.toBe("network");
        const failed = blocks.some(({ says }) => says === "failure");
        const finished = blocks.some(({ says }) => says === "finish");
        expect(seen.end !== undefined).toBe(finished && !failed);
        outcomes[seen.end === undefined ? "failure" : "success"]++;
      }),
      { numRuns: 1_000 },
    );
    expect(Math.min(outcomes.success, outcomes.failure)).toBeGreaterThan(100);
  });

  test("the bytes may be cut anywhere, and the consumer sees the same", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryGeminiStream, cuts, async (blocks, sizes) => {
        const bytes = bytesOf(blocks);
        const whole = comparable(await ask([bytes]));
        expect(comparable(await ask(cut(bytes, ...sizes)))).toEqual(whole);
        expect(comparable(await ask(cut(bytes, 1)))).toEqual(whole);
      }),
      { numRuns: 150 },
    );
  });

  test("a stream that is cut short anywhere is still lawful, and no success before its finish reason", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryGeminiStream, fc.nat(), async (blocks, length) => {
        const bytes = bytesOf(blocks);
        const short = bytes.slice(0, bytes.length === 0 ? 0 : length % bytes.length);
        const seen = await ask([short]);
        expectLawful(seen);
        expect(seen.exception?.code).not.toBe("network");
        if (!/finishReason":"(?!FINISH)\w/u.test(new TextDecoder().decode(short))) expect(seen.end).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  test("a whole answer is read as lawfully, and calls keep what JSON.parse makes of their arguments", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryResponse, async (response) => {
        const seen = await ask(JSON.stringify(response, null, 1));
        expectLawful(seen);
        const calls = (response.candidates ?? [])
          .flatMap((one) => (one.index ? [] : (one.content?.parts ?? [])))
          .flatMap((part) => ("functionCall" in part && part.functionCall?.name ? [part.functionCall] : []));
        const inputs = seen.parts.flatMap((part) => (part.type === "tool-call" ? [part.input] : []));
        if (seen.end !== undefined) expect(inputs).toEqual(calls.map((call): unknown => JSON.parse(JSON.stringify(call.args ?? {}))));
      }),
      { numRuns: 500 },
    );
  });

  test("an abort throws its reason, with nothing but usage before it", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryGeminiStream, fc.integer({ min: 1, max: 8 }), async (blocks, count) => {
        const controller = new AbortController();
        const reason = new Error("enough");
        const seen: string[] = [];
        let thrown: unknown;
        try {
          for await (const { type } of providerOf(cut(bytesOf(blocks), 30)).stream(request, { signal: controller.signal })) {
            seen.push(type);
            if (seen.length === count) controller.abort(reason);
          }
        } catch (error) {
          thrown = error;
        }
        if (!controller.signal.aborted || seen.at(count - 1) === "message-end") return;
        expect(thrown).toBe(reason);
        expect(seen.slice(count).filter((type) => type !== "usage")).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
