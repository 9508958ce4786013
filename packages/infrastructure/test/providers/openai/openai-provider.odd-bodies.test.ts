import { Secret } from "@chatport/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { StreamingHandler } from "../../../src/providers/openai/index.js";
import { ask, comparable } from "../../support/fed-provider.js";
import { observe, type ObservedAnswer } from "../../support/observed-answer.js";
import { bodyOf, cut, utf8 } from "../../support/pieces.js";

const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });

describe("bodies that real servers, proxies and ill-meaning ones send", () => {
  const delta = (rest: string): string => `data: {"choices":[{"index":0,"delta":{${rest}}}]}\n\n`;
  const nested = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
  const call = (rest: string): string => `"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":${rest}]`;

  test.each([
    ["arguments that nest without end", delta(call(`${nested}}}`)), "malformed", ""],
    ["an unknown field that nests without end", delta(call(`"{"},"x":${nested}}`)), "truncated", ""],
    ["an error that nests without end", `data: {"error":${nested}}\n\n`, "unavailable", ""],
    [
      "a gateway's bare JSON error in the middle",
      `${delta('"content":"Hel"')}{"error":{"message":"upstream died","code":502}}\n\n`,
      "unavailable",
      "upstream died",
    ],
    ["a bare JSON error without a line's end", ': ping\n\n{"error":{"message":"upstream died"}}', "unavailable", "upstream died"],
    [
      "a text completion in place of a chat completion",
      '{"choices":[{"index":0,"text":"Hel","finish_reason":"stop"}]}',
      "malformed",
      "text completion",
    ],
    [
      "a stream of text completions",
      'data: {"choices":[{"index":0,"text":"Hel","finish_reason":"stop"}]}\n\ndata: [DONE]\n\n',
      "malformed",
      "text completion",
    ],
    ["events parted by single line ends", `${delta('"content":"Hel"').trim()}\ndata: [DONE]\n\n`, "malformed", "Hel"],
    ["a page of a firewall", "<!doctype html><title>Just a moment...</title>", "malformed", "Just a moment"],
    ["an XML error", '<?xml version="1.0"?><Error><Message>Access Denied</Message></Error>', "malformed", "Access Denied"],
    ["a JSON string", '"no such route"', "malformed", "no such route"],
    ["null", "null", "malformed", "null"],
    [
      "lines of JSON without a field name",
      '{"choices":[{"delta":{"content":"Hel"}}]}\n{"choices":[{"delta":{},"finish_reason":"stop"}]}\n',
      "malformed",
      "",
    ],
    ["blank lines alone", "\n\r\n \n", "truncated", ""],
    ["a byte order mark alone", "\uFEFF", "truncated", ""],
  ])("%s: an exception that says so", async (_what, body, code, words) => {
    for (const pieces of [[utf8(body)], cut(utf8(body), 1_009), cut(utf8(body), body.length > 1_000 ? 251 : 1)]) {
      const { exception, end } = await ask(pieces);
      expect(end).toBeUndefined();
      expect(exception).toMatchObject({ code, message: expect.stringContaining(words) });
    }
  });

  test.each([
    ["a byte order mark before a stream", `\uFEFF${delta('"content":"Hello"')}data: [DONE]\n\n`],
    ["a byte order mark before a document", '\uFEFF{"choices":[{"message":{"content":"Hello"},"finish_reason":"stop"}]}'],
    ["an end marker behind two spaces", `${delta('"content":"Hello"')}data:  [DONE]\n\n`],
    ["blank lines before a document", '\n\n \r\n{"choices":[{"message":{"content":"Hello"},"finish_reason":"stop"}]}\n'],
    ["bare JSON that is no error, between events", `${delta('"content":"Hello"')}{"debug":1}\n\ndata: [DONE]\n\n`],
    ["a filler of 100,000 blank lines", `${"\n".repeat(100_000)}${delta('"content":"Hello"')}data: [DONE]\n\n`],
  ])("%s: the answer", async (_what, body) => {
    for (const pieces of [[utf8(body)], cut(utf8(body), 997), cut(utf8(body), body.length > 1_000 ? 251 : 1)]) {
      const { exception, parts } = await ask(pieces);
      expect(exception).toBeUndefined();
      expect(parts).toEqual([{ type: "text", text: "Hello" }]);
    }
  });

  test("names that JavaScript treats in its own way are names like any other", async () => {
    const json = '{"__proto__":{"polluted":1}}';
    const { parts } = await ask([
      utf8(
        `${delta(`"tool_calls":[{"index":0,"id":"__proto__","__proto__":{"x":1},"function":{"name":"constructor","arguments":${JSON.stringify(json)}}}]`)}data: [DONE]\n\n`,
      ),
    ]);
    expect(parts).toMatchObject([{ type: "tool-call", id: "__proto__", name: "constructor", json }]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test("a finish reason that reports a failure is one, told without the key, by events and chunks alike", async () => {
    const key = "sk-test-canary-90ab12";
    const body = `${delta(`"content":"your key is ${key}"`)}data: {"choices":[{"index":0,"delta":{},"finish_reason":"error"}]}\n\ndata: [DONE]\n\n`;
    const handler = new StreamingHandler({ provider: "work", secrets: [new Secret(key)] });
    const response = (): Response => new Response(body, { headers: { "x-request-id": "req_1" } });
    const { exception } = await observe(handler.events(response()));
    expect(exception).toMatchObject({ code: "unavailable", provider: "work", providerCode: "error", requestId: "req_1" });
    expect(exception?.partial).toEqual({ role: "assistant", content: [{ type: "text", text: "your key is [redacted]" }] });
    const chunks = handler.chunks(response())[Symbol.asyncIterator]();
    await chunks.next();
    await chunks.next();
    await expect(chunks.next()).rejects.toEqual(exception);
  });

  test("a limit is kept in the same way wherever the bytes are cut", async () => {
    const outcomes = new Set<string | undefined>();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 60 }), fc.boolean(), cuts, async (length, twoLines, sizes) => {
        // JSON may hold line ends between its tokens, so an event may have several lines of data.
        const bytes = utf8(
          `data: {"choices":[{"delta":{"content":"${"x".repeat(length)}"},${twoLines ? "\ndata: " : ""}"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n`,
        );
        const limited = (pieces: readonly Uint8Array[]): Promise<ObservedAnswer> =>
          observe(new StreamingHandler({ limits: { lineChars: 110, eventChars: 80 } }).events(new Response(bodyOf(pieces))));
        const whole = await limited([bytes]);
        outcomes.add(whole.exception?.message);
        expect(comparable(await limited(cut(bytes, ...sizes)))).toEqual(comparable(whole));
        expect(comparable(await limited(cut(bytes, 1)))).toEqual(comparable(whole));
      }),
      { numRuns: 300 },
    );
    expect(outcomes.size).toBe(3);
  });
});

test("a response whose reading never begins is let go", async () => {
  for (const leave of ["abort", "return"] as const) {
    let cancelled = false;
    const response = new Response(new ReadableStream({ cancel: () => void (cancelled = true) }));
    const signal = leave === "abort" ? AbortSignal.abort(new Error("enough")) : undefined;
    const events = new StreamingHandler().events(response, { ...(signal !== undefined && { signal }) })[Symbol.asyncIterator]();
    if (leave === "abort") await expect(events.next()).rejects.toThrow("enough");
    else await events.return?.();
    expect(cancelled).toBe(true);
  }
});
