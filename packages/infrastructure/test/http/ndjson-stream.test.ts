import type { Json } from "@chatport/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultLimits, type Limits } from "../../src/http/limits.js";
import type { JsonEventSink } from "../../src/http/json-sink.js";
import { NdjsonStream } from "../../src/http/ndjson-stream.js";
import { createRedactor } from "../../src/http/redaction.js";
import { cut, utf8 } from "../support/pieces.js";

interface Told {
  readonly lines: readonly Json[];
  readonly documents: readonly Json[];
  readonly finished: boolean;
  readonly events: number;
  readonly threw?: unknown;
}

/** Reads a body whose end marker is the line `"end"`; `{}` is a sign of life. */
function read(pieces: readonly Uint8Array[], limits: Partial<Limits> = {}, headers: Record<string, string> = {}): Told {
  const lines: Json[] = [];
  const documents: Json[] = [];
  let hasEnded = false;
  const sink: JsonEventSink = {
    onJson: (value) => {
      if (value === "end") hasEnded = true;
      else lines.push(value);
      return JSON.stringify(value) !== "{}";
    },
    onDocument: (value) => void documents.push(value),
    finish: () => undefined,
    get hasEnded() {
      return hasEnded;
    },
    get hasFinishReason() {
      return hasEnded;
    },
    soFar: {},
  };
  const failure = () => ({ provider: "p", redact: createRedactor([]) });
  const stream = new NdjsonStream(new Response(null, { headers }), { ...defaultLimits, ...limits }, sink, failure);
  const told = () => ({ lines, documents, finished: stream.finished, events: stream.eventCount });
  try {
    for (const piece of pieces) stream.feed(piece);
    stream.end();
    return told();
  } catch (threw) {
    return { ...told(), threw };
  }
}

const whole = (text: string, limits?: Partial<Limits>) => read([utf8(text)], limits);

describe("a stream of JSON lines", () => {
  test("hands on every line, passes over blank ones, and ends with its end marker", () => {
    expect(whole('{"a":1}\n\n \r\n{"b":"\\n"}\r\n"end"\n{"late":true}\n')).toEqual({
      lines: [{ a: 1 }, { b: "\n" }],
      documents: [],
      finished: true,
      events: 3,
    });
  });

  test("needs no line feed behind the last line, and no care for a byte order mark", () => {
    expect(whole('\uFEFF{"a":1}\n"end"')).toMatchObject({ lines: [{ a: 1 }], finished: true });
  });

  test("does not count what the sink calls a sign of life", () => {
    expect(whole('{}\n{"a":1}\n"end"\n').events).toBe(2);
  });

  test("reads a document over several lines as one", () => {
    expect(whole('{\n  "a": [\n    1\n  ]\n}')).toMatchObject({ lines: [], documents: [{ a: [1] }], finished: true });
  });

  test.each([
    ["nothing", "", { code: "truncated", message: expect.stringContaining("before it said anything") }],
    ["blank lines alone", "\n\n\n", { code: "truncated" }],
    ["no end marker", '{"a":1}\n', { code: "truncated", message: expect.stringContaining("without its end marker") }],
    ["half a line", '{"a":1}\n{"b', { code: "truncated", message: expect.stringContaining("in the middle of a line") }],
    ["half a document", '{\n  "a": 1,\n', { code: "truncated" }],
    ["a page", "<html><title>Nap</title></html>", { code: "malformed", retryable: true, message: expect.stringContaining("Nap") }],
    [
      "a page behind a line",
      '{"a":1}\n<html>\n<title>Nap</title>',
      { code: "malformed", retryable: true, message: expect.stringContaining("Nap") },
    ],
    ["an error's document behind a line", '{"a":1}\n{\n"error": "boom"\n}\n', { code: "unavailable", message: "boom" }],
    ["another document behind a line", '{"a":1}\n[\n1\n]\n', { code: "malformed", retryable: false }],
    ["words", "Oops", { code: "malformed", retryable: true, message: expect.stringContaining("Oops") }],
    ["words behind a line", '{"a":1}\nOops\n', { code: "malformed", retryable: false, excerpt: "Oops" }],
  ])("that is %s fails, and says how", (_what, body, exception) => {
    const { threw, finished } = whole(body);
    expect(threw).toMatchObject(exception);
    expect(finished).toBe(false);
  });
});

test("a body that ends inside a character holds more than its lines", () => {
  const halfCharacter = utf8("é").slice(0, 1);
  expect(read([utf8('{"a":1}\n'), halfCharacter]).threw).toMatchObject({ code: "malformed", excerpt: "\uFFFD" });
});

describe("bounds", () => {
  const long = `{"a":"${"x".repeat(100)}"}`;

  test.each<[string, string, Partial<Limits>, RegExp]>([
    ["a line", `${long}\n"end"\n`, { lineChars: 50 }, /a line of more than 50 characters/u],
    ["a line without an end", long, { lineChars: 50 }, /a line of more than 50 characters/u],
    ["a document", `<html>\n${"x\n".repeat(100)}`, { eventChars: 50 }, /a document of more than 50 characters/u],
    ["a body", `${long}\n`, { totalBytes: 50 }, /more than 50 bytes/u],
  ])("hold for %s, in one piece and byte by byte", (_what, body, limits, words) => {
    for (const pieces of [[utf8(body)], cut(utf8(body), 1)]) {
      expect(read(pieces, limits).threw).toMatchObject({ code: "malformed", retryable: false, message: expect.stringMatching(words) });
    }
  });

  test("are tighter for what a compressed body decodes to", () => {
    expect(read([utf8(`${long}\n`)], { decodedBytes: 50 }, { "content-encoding": "gzip" }).threw).toMatchObject({ code: "malformed" });
    expect(read([utf8(`${long}\n"end"\n`)], { decodedBytes: 50 }).threw).toBeUndefined();
  });
});

test("wherever the bytes are cut, the same is told", () => {
  const line = fc.constantFrom(
    '{"a":"é🌍"}',
    "{}",
    "",
    " ",
    "\r",
    '"end"',
    "{",
    "}",
    '{"error":"x"},',
    "<p>",
    "[",
    '"x',
    '{"a":\r1}',
    "nonsense",
  );
  const end = fc.constantFrom("\n", "\r\n", "\n\n");
  const body = fc.array(fc.tuple(line, end), { maxLength: 8 }).map((lines) => lines.flat().join(""));
  fc.assert(
    fc.property(body, fc.boolean(), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }), (text, trim, sizes) => {
      const bytes = utf8(trim ? text.trimEnd() : text);
      expect(comparable(read(cut(bytes, ...sizes)))).toEqual(comparable(read([bytes])));
    }),
    { numRuns: 1_000 },
  );
});

function comparable({ threw, ...told }: Told): unknown {
  return { ...told, threw: threw instanceof Error ? Object.assign({ message: threw.message }, threw) : threw };
}
