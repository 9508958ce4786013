import { describe, expect, test } from "vitest";
import { retryDelayMs } from "../../src/resilience/backoff.js";
import { busy } from "./scripted-provider.js";

describe("the wait before the next attempt", () => {
  test.each([
    { failures: 1, bound: 500 },
    { failures: 2, bound: 1_000 },
    { failures: 3, bound: 2_000 },
    { failures: 5, bound: 8_000 },
    { failures: 6, bound: 8_000 },
    { failures: 5_000, bound: 8_000 },
  ])("after $failures failures is drawn below $bound ms", ({ failures, bound }) => {
    expect(retryDelayMs(busy(), failures, { random: () => 0.999_999 })).toBeCloseTo(bound, 0);
    expect(retryDelayMs(busy(), failures, { random: () => 0.5 })).toBe(bound / 2);
  });

  test("is at least 100 ms, however the draw falls", () => {
    expect(retryDelayMs(busy(), 1, { random: () => 0 })).toBe(100);
  });

  test("never exceeds a maximum below 100 ms", () => {
    expect(retryDelayMs(busy(), 9, { maxDelayMs: 5, random: () => 0 })).toBe(5);
    expect(retryDelayMs(busy(), 9, { maxDelayMs: 5, random: () => 0.999 })).toBe(5);
  });

  test.each([0, 1, 250.5, 59_000, 60_000])("is the server's %d ms, exactly, whatever the backoff says", (asked) => {
    expect(retryDelayMs(busy(asked), 1, { maxDelayMs: 10, random: () => 0.999 })).toBe(asked);
  });

  test("is none when the server asks for longer than the maximum", () => {
    expect(retryDelayMs(busy(60_001), 1, {})).toBeUndefined();
    expect(retryDelayMs(busy(60_001), 1, { maxRetryAfterMs: 60_001 })).toBe(60_001);
  });

  test.each([-1, Number.NaN])("is the backoff's when the server's wait is %d", (asked) => {
    expect(retryDelayMs(busy(asked), 1, { random: () => 0.5 })).toBe(250);
  });
});
