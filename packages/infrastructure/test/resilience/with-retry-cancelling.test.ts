import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { withRetry } from "../../src/resilience/index.js";
import { answer, busy, iterate, ListingProvider, read, request, ScriptedProvider, start, used, word } from "./scripted-provider.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lets an attempt fail, and sees that its wait has begun. */
async function untilWaiting(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
  expect(vi.getTimerCount()).toBe(1);
}

const finished = { done: true, value: undefined };

describe("aborting", () => {
  test("before the call asks the provider nothing", async () => {
    const reason = new Error("stop");
    const provider = new ScriptedProvider(answer);
    await expect(iterate(provider, AbortSignal.abort(reason)).next()).rejects.toBe(reason);
    expect(provider.options).toHaveLength(0);
  });

  test("in a wait throws the reason at once and leaves neither timer nor listener", async () => {
    const controller = new AbortController();
    const added = vi.spyOn(controller.signal, "addEventListener");
    const removed = vi.spyOn(controller.signal, "removeEventListener");
    const reason = new Error("stop");
    const provider = new ScriptedProvider([used(1), busy(50_000)], answer);
    const pending = iterate(provider, controller.signal).next();
    await untilWaiting();
    controller.abort(reason);
    await expect(pending).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
    expect(removed).toHaveBeenCalledTimes(added.mock.calls.length);
    expect(provider.options).toHaveLength(1);
  });

  test("in an attempt throws the reason, whatever the attempt throws", async () => {
    const controller = new AbortController();
    const reason = busy(10);
    const provider = new ScriptedProvider(["stall", new Error("gone")], answer);
    const pending = iterate(provider, controller.signal).next();
    await vi.advanceTimersByTimeAsync(0);
    provider.ignoresAborts = true;
    controller.abort(reason);
    await expect(pending).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
    expect(provider.options).toHaveLength(1);
  });

  test("after a failed attempt and in mid-answer throws the reason itself", async () => {
    const controller = new AbortController();
    const reason = busy(10);
    const events = iterate(new ScriptedProvider([busy(0)], [start, word, "stall"]), controller.signal);
    await events.next();
    await events.next();
    const pending = events.next();
    controller.abort(reason);
    await expect(pending).rejects.toBe(reason);
  });

  test("shows the usage that was held back, and then throws the reason", async () => {
    const controller = new AbortController();
    const reason = new Error("stop");
    const provider = new ScriptedProvider([start, used(7), "stall"]);
    const outcome = read(withRetry(provider).stream(request, { signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(10);
    controller.abort(reason);
    expect(await outcome).toEqual({ events: [start, used(7)], error: reason });
  });

  test("without held usage throws from the pending next()", async () => {
    const controller = new AbortController();
    const reason = new Error("stop");
    const pending = iterate(new ScriptedProvider([start, "stall"]), controller.signal).next();
    await vi.advanceTimersByTimeAsync(10);
    controller.abort(reason);
    await expect(pending).rejects.toBe(reason);
  });

  test("between the held events shows nothing visible any more", async () => {
    const controller = new AbortController();
    const reason = new Error("stop");
    const provider = new ScriptedProvider([start, used(7), word, "stall"]);
    const events = iterate(provider, controller.signal);
    expect((await events.next()).value).toEqual(start);
    controller.abort(reason);
    expect((await events.next()).value).toEqual(used(7));
    await expect(events.next()).rejects.toBe(reason);
  });

  test("in the wait of listModels throws the reason at once", async () => {
    const controller = new AbortController();
    const reason = new Error("stop");
    const models = withRetry(new ListingProvider(busy(50_000))).listModels?.({ signal: controller.signal });
    await untilWaiting();
    controller.abort(reason);
    await expect(models).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("leaving", () => {
  test("before the first next() asks the provider nothing, then or later", async () => {
    const provider = new ScriptedProvider(answer);
    const events = iterate(provider);
    expect(await events.return?.()).toEqual(finished);
    expect(await events.next()).toEqual(finished);
    expect(provider.options).toHaveLength(0);
  });

  test("in a wait ends the pending next() and makes no further attempt", async () => {
    const provider = new ScriptedProvider([busy(50_000)], answer);
    const events = iterate(provider);
    const pending = events.next();
    await untilWaiting();
    expect(await events.return?.()).toEqual(finished);
    expect(await pending).toEqual(finished);
    expect(vi.getTimerCount()).toBe(0);
    await vi.runAllTimersAsync();
    expect(provider.options).toHaveLength(1);
  });

  test("from within onAttempt begins no wait", async () => {
    const provider = new ScriptedProvider([busy(50_000)], answer);
    const left: Promise<unknown>[] = [];
    const onAttempt = () => left.push(Promise.resolve(events.return?.()));
    const answers = withRetry(provider, { onAttempt: () => void onAttempt() }).stream(request);
    const events = answers[Symbol.asyncIterator]();
    expect(await events.next()).toEqual(finished);
    await Promise.all(left);
    expect(vi.getTimerCount()).toBe(0);
    expect(provider.options).toHaveLength(1);
  });

  test("in a pending attempt leaves the attempt", async () => {
    const provider = new ScriptedProvider([start, "stall"], answer);
    const events = iterate(provider);
    const pending = events.next();
    await vi.advanceTimersByTimeAsync(10);
    await events.return?.();
    expect(await pending).toEqual(finished);
    expect(await events.next()).toEqual(finished);
    expect(provider.left).toBe(1);
    expect(provider.options).toHaveLength(1);
  });

  test("in a pending attempt drops what the attempt shows nevertheless", async () => {
    const provider = new ScriptedProvider([start, "stall", word], answer);
    provider.ignoresAborts = true;
    const events = iterate(provider);
    const pending = events.next();
    await vi.advanceTimersByTimeAsync(0);
    await events.return?.();
    expect(await pending).toEqual(finished);
    expect(await events.next()).toEqual(finished);
  });

  test("in a pending attempt makes its failure nobody's", async () => {
    const onAttempt = vi.fn();
    const provider = new ScriptedProvider(["stall", busy(20)], answer);
    provider.ignoresAborts = true;
    const answers = withRetry(provider, { onAttempt }).stream(request);
    const events = answers[Symbol.asyncIterator]();
    const pending = events.next();
    await vi.advanceTimersByTimeAsync(0);
    await events.return?.();
    expect(await pending).toEqual(finished);
    expect(onAttempt).not.toHaveBeenCalled();
  });

  test.each(["for await breaks", "for await throws"])("in mid-answer (%s) leaves the attempt", async (how) => {
    for (const attempts of [[[start, word, "stall"]], [[busy(0)], [start, word, "stall"]]] as const) {
      const provider = new ScriptedProvider(...attempts);
      const loop = async () => {
        for await (const event of withRetry(provider).stream(request)) {
          if (event.type === "text-delta" && how === "for await throws") throw new Error("reader");
          if (event.type === "text-delta") break;
        }
      };
      await loop().catch(() => undefined);
      expect(provider.left).toBe(1);
    }
  });

  test("between the held events shows the rest no more", async () => {
    const provider = new ScriptedProvider(answer);
    const events = iterate(provider);
    expect((await events.next()).value).toEqual(start);
    await events.return?.();
    expect(await events.next()).toEqual(finished);
    expect(provider.left).toBe(1);
  });

  test("by throw() leaves the attempt and rejects with the reader's error", async () => {
    const provider = new ScriptedProvider([start, word, "stall"]);
    const events = iterate(provider);
    await events.next();
    const mine = new Error("reader");
    await expect(events.throw?.(mine)).rejects.toBe(mine);
    expect(provider.left).toBe(1);
  });
});
