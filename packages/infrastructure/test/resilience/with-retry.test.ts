import { inspect } from "node:util";
import {
  type Attempt,
  AuthenticationException,
  type ChatProvider,
  isChatException,
  NetworkException,
  RequestException,
  ServerException,
} from "@chatport/domain";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type RetryOptions, withRetry } from "../../src/resilience/index.js";
import {
  answer,
  busy,
  cutOff,
  end,
  iterate,
  ListingProvider,
  read,
  request,
  ScriptedProvider,
  start,
  used,
  word,
  wordEnd,
} from "./scripted-provider.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Reads one answer, letting every wait pass. */
async function readThrough(provider: ChatProvider, options?: RetryOptions, ...rest: readonly Parameters<ChatProvider["stream"]>[1][]) {
  const outcome = read(withRetry(provider, options).stream(request, rest[0]));
  await vi.runAllTimersAsync();
  return await outcome;
}

describe("which failures are retried", () => {
  test("an answer that succeeds is asked for once and comes unchanged", async () => {
    const provider = new ScriptedProvider(answer);
    expect(await readThrough(provider)).toEqual({ events: answer });
    expect(provider.options).toHaveLength(1);
  });

  test("a retryable failure is followed by another attempt", async () => {
    const provider = new ScriptedProvider([busy()], [start, busy()], answer);
    expect(await readThrough(provider)).toEqual({ events: answer });
    expect(provider.options).toHaveLength(3);
  });

  test("a failure that is not retryable is thrown as it is", async () => {
    const wrongKey = new AuthenticationException("authentication", "Wrong key.", { provider: "scripted" });
    const provider = new ScriptedProvider([wrongKey], answer);
    expect((await readThrough(provider)).error).toBe(wrongKey);
    expect(provider.options).toHaveLength(1);
  });

  test("an exception's own word on retrying goes before what its code usually means", async () => {
    const refusing = new ServerException("unavailable", "x-should-retry: false", { provider: "scripted", retryable: false });
    expect((await readThrough(new ScriptedProvider([refusing], answer))).error).toBe(refusing);
  });

  test("an error that is no ChatException is thrown as it is", async () => {
    const bug = new TypeError("undefined is not a function");
    const provider = new ScriptedProvider([bug], answer);
    expect((await readThrough(provider)).error).toBe(bug);
    expect(provider.options).toHaveLength(1);
  });

  test.each([1, 2, 5])("%d attempts are made in all when that is the maximum", async (maxAttempts) => {
    const provider = new ScriptedProvider(...Array.from({ length: 9 }, () => [busy()]));
    expect(isChatException((await readThrough(provider, { maxAttempts })).error)).toBe(true);
    expect(provider.options).toHaveLength(maxAttempts);
  });

  test.each([0, -1, 1.5, Number.NaN])("a maximum of %d attempts is refused", (maxAttempts) => {
    expect(() => withRetry(new ScriptedProvider(), { maxAttempts })).toThrow(RangeError);
  });
});

describe("the commit point", () => {
  test.each([
    ["a text delta", word],
    ["a reasoning delta", { type: "reasoning-delta", index: 0, text: "hm" }],
    ["a refusal delta", { type: "refusal-delta", index: 0, text: "no" }],
    ["a tool call", { type: "tool-call-start", index: 0, id: "1", name: "f" }],
    ["a whole part", wordEnd],
    ["the end", end],
  ] as const)("nothing is retried after %s", async (_what, visible) => {
    const failure = cutOff();
    const provider = new ScriptedProvider([start, visible, failure], answer);
    expect(await readThrough(provider)).toEqual({ events: [start, visible], error: failure });
    expect(provider.options).toHaveLength(1);
  });

  test("message-start and usage wait for something visible, and come in their order", async () => {
    const provider = new ScriptedProvider([start, used(3), used(4), "stall"]);
    const events = withRetry(provider).stream(request)[Symbol.asyncIterator]();
    const shown = vi.fn();
    void events.next().then(shown);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(shown).not.toHaveBeenCalled();
    await events.return?.();

    const whole = [start, used(3), used(4), word, used(5), wordEnd, end];
    expect(await readThrough(new ScriptedProvider(whole))).toEqual({ events: whole });
  });

  test("what a failed attempt had held back is dropped", async () => {
    const other = { ...start, model: "other" } as const;
    const provider = new ScriptedProvider([other, used(99), busy()], [start, used(1), word, wordEnd, end]);
    expect(await readThrough(provider)).toEqual({ events: [start, used(1), word, wordEnd, end] });
  });

  test("an answer without an end is passed on as it is", async () => {
    expect(await readThrough(new ScriptedProvider([start, used(1)], answer))).toEqual({ events: [start, used(1)] });
  });

  test("calls of next() that overlap are answered in their order", async () => {
    const events = iterate(new ScriptedProvider([busy()], answer));
    const results = Promise.all([events.next(), events.next(), events.next(), events.next(), events.next(), events.next()]);
    await vi.runAllTimersAsync();
    expect((await results).map((result) => result.value)).toEqual([...answer, undefined, undefined]);
  });

  test("after it next() hands out the attempt's own promises", async () => {
    const promises: Promise<unknown>[] = [];
    const inner = new ScriptedProvider([start, word, word, word, wordEnd, end]);
    const recording: ChatProvider = {
      name: inner.name,
      vendor: inner.vendor,
      capabilities: inner.capabilities,
      stream(asked, options) {
        const events = inner.stream(asked, options)[Symbol.asyncIterator]();
        const next = () => {
          const promise = events.next();
          promises.push(promise);
          return promise;
        };
        return { [Symbol.asyncIterator]: () => ({ next }) };
      },
    };
    const events = withRetry(recording).stream(request)[Symbol.asyncIterator]();
    await events.next();
    await events.next();
    expect(promises).toHaveLength(2);
    const third = events.next();
    expect(promises[2]).toBe(third);
    await third;
  });
});

describe("the wait", () => {
  /** The moment of each attempt, in milliseconds from the first. */
  async function moments(provider: ScriptedProvider, options: RetryOptions): Promise<readonly number[]> {
    const begun = performance.now();
    const at: number[] = [];
    const timed: ChatProvider = {
      name: provider.name,
      vendor: provider.vendor,
      capabilities: provider.capabilities,
      stream(asked, callOptions) {
        at.push(performance.now() - begun);
        return provider.stream(asked, callOptions);
      },
    };
    await readThrough(timed, options);
    return at;
  }

  test("is what the server asked for", async () => {
    const provider = new ScriptedProvider([busy(7_000)], [busy(20)], answer);
    expect(await moments(provider, { random: () => 0 })).toEqual([0, 7_000, 7_020]);
  });

  test("is drawn below a doubling bound when the server asked for nothing", async () => {
    const provider = new ScriptedProvider([busy()], [busy()], [busy()], answer);
    expect(await moments(provider, { random: () => 0.5, maxAttempts: 4, baseDelayMs: 1_000, maxDelayMs: 3_000 })).toEqual([
      0, 500, 1_500, 3_000,
    ]);
  });

  test("longer than the maximum is not waited: the exception comes at once and says how long", async () => {
    const provider = new ScriptedProvider([busy(60_001)], answer);
    const outcome = await read(withRetry(provider).stream(request));
    expect(outcome.error).toMatchObject({ code: "rate-limit", retryAfterMs: 60_001 });
    expect(provider.options).toHaveLength(1);
  });

  test("that reaches past the overall deadline is not begun", async () => {
    const provider = new ScriptedProvider([busy(400)], [busy(700)], answer);
    expect(await moments(provider, { overallMs: 1_000 })).toEqual([0, 400]);
  });
});

describe("the overall deadline", () => {
  test("gives each attempt what is left of it", async () => {
    const provider = new ScriptedProvider([busy(400)], [busy(500)], answer);
    await readThrough(provider, { overallMs: 10_000 });
    expect(provider.options.map((options) => options.deadlines?.totalMs)).toEqual([10_000, 9_600, 9_100]);
  });

  test("of a call goes before the option, and keeps the call's other deadlines", async () => {
    const provider = new ScriptedProvider([busy(100)], answer);
    await readThrough(provider, { overallMs: 10_000 }, { deadlines: { totalMs: 2_000, idleMs: 50 } });
    expect(provider.options.map((options) => options.deadlines)).toEqual([
      { totalMs: 2_000, idleMs: 50 },
      { totalMs: 1_900, idleMs: 50 },
    ]);
  });

  test("that nobody set leaves the provider its own total, and lets no attempt begin after 30 minutes", async () => {
    const provider = new ScriptedProvider([busy(1_000_000)], [busy(900_000)], answer);
    expect((await readThrough(provider, { maxRetryAfterMs: Infinity })).error).toMatchObject({ retryAfterMs: 900_000 });
    expect(provider.options.map((options) => options.deadlines)).toEqual([undefined, undefined]);
  });

  test("is counted from the first next(), and not from stream()", async () => {
    const provider = new ScriptedProvider(answer);
    const events = withRetry(provider, { overallMs: 1_000 }).stream(request);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(provider.options).toHaveLength(0);
    await read(events);
    expect(provider.options[0]?.deadlines?.totalMs).toBe(1_000);
  });
});

describe("what is told of failed attempts", () => {
  test("both listeners hear of each attempt that is made again, with its wait", async () => {
    const [first, second] = [busy(200), busy(300)];
    const calls: Attempt[] = [];
    const policy: Attempt[] = [];
    const provider = new ScriptedProvider([first], [second], [busy()]);
    await readThrough(provider, { onAttempt: (attempt) => policy.push(attempt) }, { onAttempt: (attempt) => calls.push(attempt) });
    expect(calls).toEqual([
      { provider: "scripted", number: 1, exception: first, delayMs: 200 },
      { provider: "scripted", number: 2, exception: second, delayMs: 300 },
    ]);
    expect(policy).toEqual(calls);
  });

  test("a listener that throws ends the call with its error", async () => {
    const bug = new Error("listener");
    const provider = new ScriptedProvider([start, busy()], answer);
    const onAttempt = () => {
      throw bug;
    };
    expect(await readThrough(provider, { onAttempt })).toEqual({ events: [], error: bug });
    expect(provider.options).toHaveLength(1);
  });

  test("what is thrown in the end carries the earlier failures and is otherwise the last failure itself", async () => {
    const [first, second] = [busy(10), busy(10)];
    const cause = new Error("ECONNRESET");
    const last = new NetworkException("timeout", "No answer.", { provider: "scripted", phase: "headers", requestId: "r-3", cause });
    const { error } = await readThrough(new ScriptedProvider([first], [second], [last]));
    expect(error).toBeInstanceOf(NetworkException);
    expect(error).toMatchObject({
      name: "NetworkException",
      code: "timeout",
      phase: "headers",
      message: "No answer.",
      requestId: "r-3",
      cause,
    });
    expect(error).toHaveProperty("stack", last.stack);
    expect(error).toHaveProperty("attempts", [
      { provider: "scripted", number: 1, exception: first, delayMs: 10 },
      { provider: "scripted", number: 2, exception: second, delayMs: 10 },
    ]);
    expect(Object.prototype.toString.call(error)).toBe("[object Error]");
    expect(inspect(error)).toContain("NetworkException: No answer.\n    at ");
  });

  test("one exception thrown again and again is not among its own attempts", async () => {
    const same = busy(10);
    const { error } = await readThrough(new ScriptedProvider([same], [same], [same]));
    expect(error).toHaveProperty("attempts.length", 2);
    expect(same).not.toHaveProperty("attempts");
    expect(() => JSON.stringify(error)).not.toThrow();
  });

  test("a failure in mid-answer carries them too", async () => {
    const first = busy(10);
    const { events, error } = await readThrough(new ScriptedProvider([first], [start, word, cutOff()]));
    expect(events).toEqual([start, word]);
    expect(error).toMatchObject({ code: "truncated", attempts: [{ number: 1, exception: first }] });
  });

  test("a failure that stops the retries carries them too", async () => {
    const first = busy(10);
    const refused = new RequestException("not-found", "No such model.", { provider: "scripted" });
    const { error } = await readThrough(new ScriptedProvider([first], [refused]));
    expect(error).toMatchObject({ code: "not-found", attempts: [{ exception: first }] });
  });

  test("after the failure the stream is over", async () => {
    const events = iterate(new ScriptedProvider([new Error("wrong key")], answer));
    await expect(events.next()).rejects.toThrow("wrong key");
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });
});

describe("the provider around it", () => {
  test("keeps name, vendor and capabilities, and passes the call's other options on", async () => {
    const provider = new ScriptedProvider(answer);
    const retrying = withRetry(provider);
    expect([retrying.name, retrying.vendor, retrying.capabilities]).toEqual([provider.name, provider.vendor, provider.capabilities]);
    const { signal } = new AbortController();
    await read(retrying.stream(request, { signal, delivery: "whole", deadlines: { headersMs: 5 } }));
    expect(provider.options[0]).toMatchObject({ signal, delivery: "whole", deadlines: { headersMs: 5 } });
  });

  test("is asked nothing before the first next(), and answers once", async () => {
    const provider = new ScriptedProvider(answer, answer);
    const events = withRetry(provider).stream(request);
    const iterator = events[Symbol.asyncIterator]();
    expect(provider.options).toHaveLength(0);
    await iterator.next();
    expect((await read(events)).error).toMatchObject({ message: expect.stringMatching(/read already/u) });
    expect(provider.options).toHaveLength(1);
  });

  test("has listModels only when the provider has it", () => {
    expect("listModels" in withRetry(new ScriptedProvider())).toBe(false);
  });

  test("lists models with the same patience", async () => {
    const provider = new ListingProvider(busy(30), busy(40));
    const models = withRetry(provider, { overallMs: 1_000 }).listModels?.();
    await vi.runAllTimersAsync();
    expect(await models).toEqual([{ id: "model" }]);
    expect(provider.options.map((options) => options.deadlines?.totalMs)).toEqual([1_000, 970, 930]);
  });

  test("fails to list models with what the last attempt threw", async () => {
    const models = withRetry(new ListingProvider(busy(30), busy(40), busy(50))).listModels?.();
    const failure = models?.catch((error: unknown) => error);
    await vi.runAllTimersAsync();
    expect(await failure).toMatchObject({ code: "rate-limit", retryAfterMs: 50, attempts: [{ number: 1 }, { number: 2 }] });
  });
});
