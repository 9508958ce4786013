import { expect, test } from "vitest";
import { isChatException, singleUse } from "../src/index.js";
import { allOf } from "./all-of.js";

async function* numbers(): AsyncGenerator<number, undefined, undefined> {
  yield 1;
  yield 2;
}

test("a single-use iterable begins when it is read, and can be read once", async () => {
  let begun = 0;
  const once = singleUse("work", () => {
    begun += 1;
    return numbers();
  });
  expect(begun).toBe(0);
  expect(await allOf(once)).toEqual([1, 2]);
  const again: unknown = await allOf(once).catch((error: unknown) => error);
  expect(isChatException(again)).toBe(true);
  expect(again).toMatchObject({ provider: "work" });
  expect(String(again)).toContain("Call stream() again");
  expect(begun).toBe(1);
});
