import type { ChatEvent } from "@chatport/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createOpenAIProvider, StreamingHandler } from "../../../src/providers/openai/index.js";
import { expectLawful } from "../../support/answer-rules.js";
import { type Block, arbitraryStream } from "../../support/arbitrary-stream.js";
import { ask, comparable, providerOf, request } from "../../support/fed-provider.js";
import { bodyOf, cut, utf8 } from "../../support/pieces.js";

const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });
const runs = { numRuns: 200 };

function bytesOf(blocks: readonly Block[]): Uint8Array {
  return utf8(blocks.map(({ text }) => text).join(""));
}

/** What counts: up to and with the end marker. */
function counting(blocks: readonly Block[]): readonly Block[] {
  const end = blocks.findIndex(({ says }) => says === "end");
  return end === -1 ? blocks : blocks.slice(0, end + 1);
}

describe("whatever a server streams", () => {
  test("the consumer sees a lawful answer, and never an error of ours", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryStream, async (blocks) => {
        const seen = await ask([bytesOf(blocks)]);
        expectLawful(seen);
        // No connection fails here: that code would mean that something of ours threw.
        expect(seen.exception?.code).not.toBe("network");
      }),
      { numRuns: 1_000 },
    );
  });

  test("it is a success if it has an end marker or a finish reason and no failure before it, and otherwise never", async () => {
    const outcomes = { success: 0, failure: 0 };
    await fc.assert(
      fc.asyncProperty(arbitraryStream, async (blocks) => {
        const { end, exception } = await ask([bytesOf(blocks)]);
        const counted = counting(blocks);
        const failed = counted.some(({ says }) => says === "failure");
        const ended = counted.some(({ says }) => says === "end" || says === "finish");
        if (failed || !ended) expect(end).toBeUndefined();
        else if (exception !== undefined) expect(exception.code).toBe("malformed");
        outcomes[end === undefined ? "failure" : "success"]++;
      }),
      { numRuns: 1_000 },
    );
    expect(Math.min(outcomes.success, outcomes.failure)).toBeGreaterThan(100);
  });

  test("the bytes may be cut anywhere, and the consumer sees the same", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryStream, cuts, async (blocks, sizes) => {
        const bytes = bytesOf(blocks);
        const whole = comparable(await ask([bytes]));
        expect(comparable(await ask(cut(bytes, ...sizes)))).toEqual(whole);
        expect(comparable(await ask(cut(bytes, 1)))).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  test("a stream that is cut short anywhere is still lawful, and no success before its finish reason", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryStream, fc.nat(), async (blocks, length) => {
        const bytes = bytesOf(blocks);
        const short = bytes.slice(0, bytes.length === 0 ? 0 : length % bytes.length);
        const seen = await ask([short]);
        expectLawful(seen);
        expect(seen.exception?.code).not.toBe("network");
        const text = new TextDecoder().decode(short);
        if (!/\[DONE\]|finish_reason":"(?!null")\w/u.test(text)) expect(seen.end).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
  });

  test("the plain text is the text parts of the events, and the chunks end as the events do", async () => {
    const handler = new StreamingHandler();
    await fc.assert(
      fc.asyncProperty(arbitraryStream, async (blocks) => {
        const bytes = bytesOf(blocks);
        const { events, exception } = await ask([bytes]);
        const text = events.flatMap((event) => (event.type === "text-delta" ? [event.text] : [])).join("");
        const plain = await readAll(handler.text(new Response(bodyOf([bytes]))));
        expect(plain.items.join("")).toBe(text);
        const chunks = await readAll(handler.chunks(new Response(bodyOf([bytes]))));
        for (const { threw } of [plain, chunks]) expect((threw as { code?: string } | undefined)?.code).toBe(exception?.code);
      }),
      runs,
    );
  });
});

describe("wherever the consumer stops", () => {
  test("an abort throws its reason, with nothing but usage before it", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryStream, cuts, fc.nat({ max: 12 }), async (blocks, sizes, count) => {
        const controller = new AbortController();
        const reason = new Error("enough");
        const seen: ChatEvent[] = [];
        const before = (await ask([bytesOf(blocks)])).events.length;
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
          expect(seen).toHaveLength(before);
        }
      }),
      runs,
    );
  });

  test("leaving cancels the body, and nothing follows", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryStream, fc.integer({ min: 1, max: 5 }), async (blocks, count) => {
        let cancelled = false;
        let pulled = 0;
        const pieces = cut(bytesOf(blocks), 30);
        const body = new ReadableStream<Uint8Array>(
          {
            // Never ends by itself.
            pull: (controller) =>
              pulled < pieces.length ? controller.enqueue(pieces[pulled++] ?? new Uint8Array()) : new Promise(() => undefined),
            cancel: () => void (cancelled = true),
          },
          { highWaterMark: 0 },
        );
        const provider = createOpenAIProvider({ model: "m", retry: false, fetch: () => Promise.resolve(new Response(body)) });
        const events = provider.stream(request, { deadlines: { firstTokenMs: 20, idleMs: 20 } })[Symbol.asyncIterator]();
        for (let taken = 0; taken < count; taken++) if ((await events.next().catch(() => ({ done: true }))).done === true) break;
        await events.return?.();
        expect(cancelled).toBe(true);
        expect(await events.next()).toEqual({ done: true, value: undefined });
      }),
      { numRuns: 60 },
    );
  });
});

async function readAll<Item>(items: AsyncIterable<Item>): Promise<{ readonly items: readonly Item[]; readonly threw: unknown }> {
  const read: Item[] = [];
  try {
    for await (const item of items) read.push(item);
  } catch (threw) {
    return { items: read, threw };
  }
  return { items: read, threw: undefined };
}
