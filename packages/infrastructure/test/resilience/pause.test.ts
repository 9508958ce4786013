import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { pause } from "../../src/resilience/pause.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Whether the pause is over, asked without waiting for it. */
async function isOver(over: Promise<void>): Promise<boolean> {
  const still = Symbol("still");
  return (await Promise.race([over, Promise.resolve(still)])) !== still;
}

test("lasts as long as asked, and not a millisecond less", async () => {
  const { over } = pause(1_500);
  await vi.advanceTimersByTimeAsync(1_499);
  expect(await isOver(over)).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await isOver(over)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test("a pause of zero is over at once", async () => {
  const { over } = pause(0);
  expect(await isOver(over)).toBe(true);
});

test("goes on waiting when its timer fires early", async () => {
  const begun = performance.now();
  const { over } = pause(10);
  const now = vi.spyOn(performance, "now").mockReturnValue(begun + 9.4);
  await vi.advanceTimersToNextTimerAsync();
  expect(await isOver(over)).toBe(false);
  now.mockReturnValue(begun + 10);
  await vi.advanceTimersToNextTimerAsync();
  expect(await isOver(over)).toBe(true);
});

test("lasts longer than a timer can count", async () => {
  const days = 30 * 24 * 60 * 60 * 1_000;
  const { over } = pause(days);
  await vi.advanceTimersByTimeAsync(days - 1);
  expect(await isOver(over)).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await isOver(over)).toBe(true);
});

test("ends when the signal aborts, leaving neither timer nor listener", async () => {
  const controller = new AbortController();
  const removed = vi.spyOn(controller.signal, "removeEventListener");
  const { over } = pause(60_000, controller.signal);
  controller.abort();
  await over;
  expect(vi.getTimerCount()).toBe(0);
  expect(removed).toHaveBeenCalled();
});

test("does not begin once the signal has aborted", async () => {
  const { over } = pause(60_000, AbortSignal.abort());
  await over;
  expect(vi.getTimerCount()).toBe(0);
});

test("takes its listener off a signal that never aborts", async () => {
  const { signal } = new AbortController();
  const added = vi.spyOn(signal, "addEventListener");
  const removed = vi.spyOn(signal, "removeEventListener");
  const { over, end } = pause(60_000, signal);
  end();
  await over;
  expect(removed.mock.calls).toHaveLength(1);
  expect(removed.mock.calls[0]?.[1]).toBe(added.mock.calls[0]?.[1]);
});
