import { expect, test } from "vitest";
import { inTurns } from "../../src/resilience/in-turns.js";

test("steps never overlap, and calls of next() that do are answered in their order", async () => {
  let running = 0;
  let most = 0;
  let count = 0;
  const numbers = inTurns<number>({
    step: async () => {
      running += 1;
      most = Math.max(most, running);
      // Later steps are quicker.
      await new Promise<void>((resolve) => setTimeout(resolve, 5 - count));
      running -= 1;
      count += 1;
      return count > 3 ? { done: true, value: undefined } : { done: false, value: count };
    },
    leave: () => Promise.resolve(),
  });
  const results = await Promise.all(Array.from({ length: 5 }, () => numbers.next()));
  expect(results.map(({ value }) => value)).toEqual([1, 2, 3, undefined, undefined]);
  expect([most, count]).toEqual([1, 4]);
});

test("after an error it is over, and a call that waited behind it ends as done", async () => {
  const failing = inTurns({ step: () => Promise.reject(new Error("once")), leave: () => Promise.resolve() });
  const [first, second] = [failing.next(), failing.next()];
  await expect(first).rejects.toThrow("once");
  expect(await second).toEqual({ done: true, value: undefined });
});

test("leaving makes whatever the pending step brings nobody's, and leaves once", async () => {
  let left = 0;
  const begun = Promise.withResolvers<void>();
  const late = Promise.withResolvers<IteratorResult<number, undefined>>();
  const step = () => {
    begun.resolve();
    return late.promise;
  };
  const numbers = inTurns<number>({ step, leave: async () => void left++ });
  const pending = numbers.next();
  await begun.promise;
  await numbers.return?.();
  await numbers.return?.();
  late.reject(new Error("too late"));
  expect(await pending).toEqual({ done: true, value: undefined });
  await expect(numbers.throw?.(new Error("mine"))).rejects.toThrow("mine");
  expect(left).toBe(1);
});
