import type { ChatEvent, ChatException, ChatProvider, ChatRequest } from "@chatport/domain";
import { userMessage } from "@chatport/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { abortAfter } from "./abort-after.js";
import { expectLawful } from "./answer-rules.js";
import { comparable } from "./comparable-answer.js";
import { endlessBody } from "./endless-body.js";
import { observe, type ObservedAnswer } from "./observed-answer.js";
import { bodyOf, cut } from "./pieces.js";
import { type Block, bytesOf, succeeds } from "./stream-blocks.js";

/** An adapter, and what a server of its vendor may stream. */
export interface StreamingAdapter {
  /** The adapter without retries, whose every request is answered by this function. */
  create(fetch: () => Promise<Response>): ChatProvider;
  /** Mostly plausible, with what real servers and proxies get wrong. */
  readonly streams: fc.Arbitrary<readonly Block[]>;
  readonly contentType: string;
  /** Found in the text of whatever may be a success; a stream that is cut before it never is one. */
  readonly ending: RegExp;
  /** The message of every failure that no block says, because it takes the reader to find it. Default: there is none. */
  readonly unforeseen?: RegExp;
  /** Replaces `expectLawful`, for a vendor whose lawful answers differ from everyone else's. */
  readonly expectLawful?: (seen: ObservedAnswer) => void;
}

const request: ChatRequest = { messages: [userMessage("hi")] };
const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });

/** Declares the tests of what holds for any answer of any adapter, whatever its server streams, however it arrives and wherever it stops. */
export function answerInvariants(adapter: StreamingAdapter): void {
  describe("whatever a server streams", () => {
    test("the consumer sees a lawful answer: a success if it ended and nothing failed before, and otherwise never", () =>
      outcomes(adapter));
    test("the bytes may be cut anywhere, and the consumer sees the same", () => cutAnywhere(adapter));
    test("a stream that is cut short anywhere is still lawful, and no success before its ending", () => cutShort(adapter));
  });

  describe("wherever the consumer stops", () => {
    test("an abort throws its reason, with nothing but usage before it", () => aborted(adapter));
    test("leaving cancels the body, and nothing follows", () => left(adapter));
  });
}

async function outcomes(adapter: StreamingAdapter): Promise<void> {
  const seenOutcomes = { success: 0, failure: 0 };
  const property = fc.asyncProperty(adapter.streams, async (blocks) => {
    const seen = await ask(adapter, [bytesOf(blocks)]);
    expectSound(adapter, seen);
    if (!succeeds(blocks)) expect(seen.end).toBeUndefined();
    else if (adapter.unforeseen === undefined) expect(seen.exception).toBeUndefined();
    else if (seen.exception !== undefined) expectMalformed(seen.exception, adapter.unforeseen);
    seenOutcomes[seen.end === undefined ? "failure" : "success"]++;
  });
  await fc.assert(property, { numRuns: 1_500 });
  expect(Math.min(seenOutcomes.success, seenOutcomes.failure)).toBeGreaterThan(150);
}

async function cutAnywhere(adapter: StreamingAdapter): Promise<void> {
  const property = fc.asyncProperty(adapter.streams, cuts, async (blocks, sizes) => {
    const bytes = bytesOf(blocks);
    const whole = comparable(await ask(adapter, [bytes]));
    expect(comparable(await ask(adapter, cut(bytes, ...sizes)))).toEqual(whole);
    expect(comparable(await ask(adapter, cut(bytes, 1)))).toEqual(whole);
  });
  await fc.assert(property, { numRuns: 200 });
}

async function cutShort(adapter: StreamingAdapter): Promise<void> {
  const property = fc.asyncProperty(adapter.streams, fc.nat(), async (blocks, length) => {
    const bytes = bytesOf(blocks);
    const short = bytes.slice(0, bytes.length === 0 ? 0 : length % bytes.length);
    const seen = await ask(adapter, [short]);
    expectSound(adapter, seen);
    if (!adapter.ending.test(new TextDecoder().decode(short))) expect(seen.end).toBeUndefined();
  });
  await fc.assert(property, { numRuns: 1_000 });
}

async function aborted(adapter: StreamingAdapter): Promise<void> {
  const property = fc.asyncProperty(adapter.streams, cuts, fc.nat({ max: 12 }), async (blocks, sizes, count) => {
    const bytes = bytesOf(blocks);
    const whole = typesOf((await ask(adapter, [bytes])).events);
    const reason = new Error("enough");
    const { events, thrown } = await abortAfter(count, reason, (signal) =>
      providerOf(adapter, bodyOf(cut(bytes, ...sizes))).stream(request, { signal }),
    );
    // An abort after its last event comes too late for a success, but not for a failure.
    const interrupted = count <= whole.length && whole[count - 1] !== "message-end";
    if (interrupted) {
      expect(thrown).toBe(reason);
      expect(typesOf(events).slice(0, count)).toEqual(whole.slice(0, count));
      expect(events.slice(count).filter(({ type }) => type !== "usage")).toEqual([]);
    } else {
      expect(thrown).not.toBe(reason);
      expect(typesOf(events)).toEqual(whole);
    }
  });
  await fc.assert(property, { numRuns: 200 });
}

async function left(adapter: StreamingAdapter): Promise<void> {
  const property = fc.asyncProperty(adapter.streams, fc.integer({ min: 1, max: 5 }), async (blocks, count) => {
    let cancelled = false;
    const body = endlessBody(cut(bytesOf(blocks), 30), () => (cancelled = true));
    const stream = providerOf(adapter, body).stream(request, { deadlines: { firstTokenMs: 20, idleMs: 20 } });
    const events = stream[Symbol.asyncIterator]();
    for (let taken = 0; taken < count; taken++) if ((await events.next().catch(() => ({ done: true }))).done === true) break;
    await events.return?.();
    expect(cancelled).toBe(true);
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });
  await fc.assert(property, { numRuns: 60 });
}

function expectSound(adapter: StreamingAdapter, seen: ObservedAnswer): void {
  (adapter.expectLawful ?? expectLawful)(seen);
  // No connection fails here: that code would mean that something of ours threw.
  expect(seen.exception?.code).not.toBe("network");
}

function expectMalformed({ code, message }: ChatException, expected: RegExp): void {
  expect(code).toBe("malformed");
  expect(message).toMatch(expected);
}

/** A provider whose server answers with this body, and no socket between them. */
function providerOf(adapter: StreamingAdapter, body: ReadableStream<Uint8Array>): ChatProvider {
  return adapter.create(() => Promise.resolve(new Response(body, { headers: { "content-type": adapter.contentType } })));
}

function ask(adapter: StreamingAdapter, pieces: readonly Uint8Array[]): Promise<ObservedAnswer> {
  return observe(providerOf(adapter, bodyOf(pieces)).stream(request));
}

function typesOf(events: readonly ChatEvent[]): readonly string[] {
  return events.map(({ type }) => type);
}
