import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EventStreamReader } from "../../src/http/event-stream.js";
import { defaultLimits, type Limits } from "../../src/http/limits.js";
import { cut, cutsAnywhere, utf8 } from "../support/pieces.js";
import { sseCases } from "../support/wire-cases.js";

interface Read {
  readonly events: readonly { readonly event: string; readonly data: string }[];
  readonly document: string | undefined;
}

function read(pieces: readonly Uint8Array[], limits: Partial<Limits> = {}): Read {
  const events: { event: string; data: string }[] = [];
  let document: string | undefined;
  const all = { ...defaultLimits, ...limits };
  const reader = new EventStreamReader(all, all.totalBytes, {
    onEvent: (data, event) => events.push({ event: event ?? "message", data }),
    onDocument: (text) => (document = text),
    onTooLarge: (what) => {
      throw new RangeError(what);
    },
  });
  for (const piece of pieces) reader.feed(piece);
  reader.end();
  return { events, document };
}

describe("framing of server-sent events", () => {
  for (const { name, bytesBase64, chunkSizes, expectedEvents } of sseCases) {
    const bytes = new Uint8Array(Buffer.from(bytesBase64, "base64"));
    const expected = expectedEvents.map(({ event, data }) => ({ event, data }));

    test(`${name}: whole, as it arrived, and byte by byte`, () => {
      expect(read([bytes]).events).toEqual(expected);
      expect(read(cut(bytes, ...(chunkSizes ?? [bytes.length]))).events).toEqual(expected);
      expect(read(cut(bytes, 1)).events).toEqual(expected);
    });

    test(`${name}: cut anywhere`, () => {
      for (const pieces of cutsAnywhere(bytes)) expect(read(pieces).events, `after ${pieces[0]?.length} bytes`).toEqual(expected);
    });
  }

  test("any cut of any stream gives the same events", () => {
    const line = fc.oneof(
      fc.constantFrom(
        "",
        "data",
        "data:",
        "data: ",
        ": ping",
        "event: error",
        "id: 1",
        "retry: 5",
        "error: x",
        "data:\u2028é🌍",
        "foo: bar",
      ),
      fc.string({ unit: "binary", maxLength: 12 }).map((value) => `data: ${value}`),
    );
    const stream = fc.array(fc.tuple(line, fc.constantFrom("\n", "\r", "\r\n")), { maxLength: 30 });
    fc.assert(
      fc.property(stream, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }), (lines, sizes) => {
        const bytes = utf8(`data: first\n\n${lines.flat().join("")}`);
        expect(read(cut(bytes, ...sizes))).toEqual(read([bytes]));
      }),
      { numRuns: 500 },
    );
  });
});

describe("what a body turns out to be", () => {
  test.each([
    ["JSON", '{"a": 1}'],
    ["JSON behind white space", '\n\n  {"a": 1}'],
    ["a JSON array", '[{"error": {}}]'],
    ["HTML", "<!DOCTYPE html><html></html>"],
  ])("%s is handed over as a document, wherever it is cut", (_what, text) => {
    for (let size = 1; size <= text.length; size++) expect(read(cut(utf8(text), size))).toEqual({ events: [], document: text });
  });

  test("a body of white space is no document", () => {
    expect(read([utf8("\n \n\n")])).toEqual({ events: [], document: undefined });
  });
});

describe("limits", () => {
  const limits = { lineChars: 100, eventChars: 150, totalBytes: 1_000 };

  test.each([
    ["a long line in one piece", `data: ${"x".repeat(101)}\n\n`, "line"],
    ["a long line that never ends", "data: x".padEnd(120, "x"), "line"],
    ["a long comment", `: ${"x".repeat(120)}\n\n`, "line"],
    ["an event of many lines", `data: ${"x".repeat(60)}\n`.repeat(3), "event"],
    ["too many bytes in all", "data: x\n\n".repeat(200), "bytes"],
    ["a large document", `{"a": "${"x".repeat(150)}"}`, "document"],
  ])("%s is refused, wherever it is cut", (_what, text, named) => {
    for (const size of [1, 7, 64, text.length]) expect(() => read(cut(utf8(text), size), limits)).toThrow(named);
  });

  test("what stays within them is read", () => {
    expect(read([utf8(`data: ${"x".repeat(94)}\n\n`)], limits).events).toEqual([{ event: "message", data: "x".repeat(94) }]);
  });
});
