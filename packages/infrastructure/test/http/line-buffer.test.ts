import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LineBuffer } from "../../src/http/line-buffer.js";

const pieces = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "\n", "\r", "\r\n"), maxLength: 12 }), { maxLength: 12 });

interface Passed {
  readonly calls: readonly string[];
  readonly rest: string;
}

function pass(texts: readonly string[], maxChars = Infinity): Passed {
  const calls: string[] = [];
  const buffer = new LineBuffer(
    maxChars,
    (lines) => calls.push(lines),
    () => {
      throw new RangeError("a line is too long");
    },
  );
  for (const piece of texts) buffer.take(piece);
  return { calls, rest: buffer.rest() };
}

describe("a line buffer", () => {
  test("hands on whole lines alone, and holds back the rest", () => {
    const { calls, rest } = pass(["da", "ta: a\nda", "ta: b\r\n", "\n: c\n\ndat"]);
    expect(calls.join("")).toBe("data: a\ndata: b\r\n\n: c\n\n");
    expect(calls[0]).toBe("data: a\n");
    expect(rest).toBe("dat");
  });

  test("loses, adds and reorders nothing, and every call ends with a terminator", () => {
    fc.assert(
      fc.property(pieces, (texts) => {
        const { calls, rest } = pass(texts);
        expect(calls.join("") + rest).toBe(texts.join(""));
        for (const call of calls) expect(call).toMatch(/[\r\n]$/u);
        expect(rest).not.toMatch(/[\r\n]/u);
      }),
    );
  });

  test("accepts a line of exactly the limit and refuses a longer one, wherever it is cut", () => {
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 12 }), (texts, maxChars) => {
        const longest = Math.max(
          ...texts
            .join("")
            .split(/[\r\n]/u)
            .map(({ length }) => length),
        );
        if (longest > maxChars) expect(() => pass(texts, maxChars)).toThrow("too long");
        else expect(() => pass(texts, maxChars)).not.toThrow();
      }),
      { numRuns: 2_000 },
    );
  });

  test("refuses a line that never ends while it is arriving", () => {
    const piece = "x".repeat(100);
    expect(
      pass(
        Array.from({ length: 10 }, () => piece),
        1_000,
      ).rest,
    ).toHaveLength(1_000);
    expect(() =>
      pass(
        Array.from({ length: 11 }, () => piece),
        1_000,
      ),
    ).toThrow("too long");
  });

  test("joins a long line once: a megabyte in pieces of one character is a matter of milliseconds", () => {
    const text = `${"x".repeat(1_000_000)}\n`;
    const { calls } = pass(text.split(""));
    expect(calls).toEqual([text]);
  });
});
