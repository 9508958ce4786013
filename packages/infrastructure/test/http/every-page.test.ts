import { describe, expect, test } from "vitest";
import { AnswerReader } from "../../src/http/answer-reader.js";
import { everyPage, type Page } from "../../src/http/every-page.js";
import { createRedactor } from "../../src/http/redaction.js";
import { createAnthropicProvider } from "../../src/providers/anthropic/index.js";
import { createGeminiProvider } from "../../src/providers/gemini/index.js";
import { startLoopbackServer } from "../../src/testing/loopback-server.js";

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

describe("a list without an end", () => {
  test("ends with the total deadline, which is the list's and not each page's", async () => {
    await using server = await startLoopbackServer(async ({ response }) => void setTimeout(() => response.end("{}"), 50));
    const failure = { provider: "test", redact: createRedactor([]) };
    const reader = new AnswerReader({ failure, deadlines: { totalMs: 1_000 } });
    let asked = 0;
    const endless = everyPage(async (_cursor, spentMs) => {
      await reader.document(
        (signal) => fetch(server.origin, { signal }),
        { spentMs },
        () => ({}),
      );
      return { items: [], next: String(++asked) };
    });
    await expect(endless).rejects.toMatchObject({ code: "timeout", phase: "total", message: expect.stringContaining("within 1000 ms") });
    expect(asked).toBeGreaterThan(0);
  });

  test.each([
    ["Anthropic", createAnthropicProvider, (page: number) => ({ data: [], has_more: true, last_id: `${page}` })],
    ["Gemini", createGeminiProvider, (page: number) => ({ models: [], nextPageToken: `${page}` })],
  ])("ends so at %s, too", async (_vendor, create, pageAt) => {
    let asked = 0;
    const fetch = async (): Promise<Response> => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      return Response.json(pageAt(++asked));
    };
    const provider = create({ model: "m", apiKey: "key-1234567890", retry: false, deadlines: { totalMs: 300 }, fetch });
    await expect(provider.listModels?.()).rejects.toMatchObject({ code: "timeout", phase: "total" });
    expect(asked).toBeGreaterThan(1);
  });
});
