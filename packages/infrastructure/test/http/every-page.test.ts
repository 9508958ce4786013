import { describe, expect, test } from "vitest";
import { everyPage, type Page } from "../../src/http/every-page.js";

describe("every page of a list", () => {
  const pages: Readonly<Record<string, Page<number>>> = {
    start: { items: [1, 2], next: "second" },
    second: { items: [], next: "third" },
    third: { items: [3] },
  };

  test("is asked for in its order, and its items are one list", async () => {
    const asked: (string | undefined)[] = [];
    const items = await everyPage(async (cursor) => {
      asked.push(cursor);
      return pages[cursor ?? "start"] ?? { items: [] };
    });
    expect(items).toEqual([1, 2, 3]);
    expect(asked).toEqual([undefined, "second", "third"]);
  });

  test("is asked for once, where a server goes round in circles", async () => {
    const circle: Readonly<Record<string, Page<string>>> = {
      start: { items: ["a"], next: "b" },
      b: { items: ["b"], next: "c" },
      c: { items: ["c"], next: "b" },
    };
    expect(await everyPage(async (cursor) => circle[cursor ?? "start"] ?? { items: [] })).toEqual(["a", "b", "c"]);
  });

  test("fails with the page that fails", async () => {
    const failing = everyPage<number>(async (cursor) => {
      if (cursor === undefined) return { items: [1], next: "b" };
      throw new Error("page b is gone");
    });
    await expect(failing).rejects.toThrow("page b is gone");
  });
});
