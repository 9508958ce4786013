import { GoogleGenAI } from "@google/genai";
import { describe, expect, test } from "vitest";
import { toGenerateContentRequest, geminiHistoryRules } from "../../../src/providers/gemini/index.js";
import { startLoopbackServer } from "../../../src/testing/loopback-server.js";
import streams from "../../fixtures/gemini/streams.json" with { type: "json" };
import { expectLawful } from "../../support/answer-rules.js";
import { joined } from "../../support/observed-answer.js";
import { cut, cutsAnywhere, utf8 } from "../../support/pieces.js";
import { ask, comparable, origin, sse } from "./gemini-server.js";

interface Fixture {
  readonly name: string;
  /** Where the form of the events is documented. */
  readonly source: string;
  readonly events: readonly { readonly candidates: readonly WireCandidate[] }[];
  readonly parts: readonly object[];
  readonly finishReason: string;
  readonly usage: object;
}

interface WireCandidate {
  readonly content?: { readonly parts: readonly WirePart[] } | undefined;
  readonly finishReason?: string | undefined;
}

interface WirePart {
  readonly text?: string;
  readonly functionCall?: object;
  readonly executableCode?: object;
  readonly codeExecutionResult?: object;
  readonly inlineData?: object;
  readonly thoughtSignature?: string | undefined;
}

const fixtures: readonly Fixture[] = streams;

describe.each(fixtures)("$name", ({ events, parts, finishReason, usage }) => {
  test("becomes the port's parts, finish reason and usage, with its state tagged by its origin", async () => {
    const seen = await ask(sse(events));
    expectLawful(seen);
    expect(seen.exception).toBeUndefined();
    expect(seen.parts).toMatchObject(parts);
    expect(seen.parts).toHaveLength(parts.length);
    for (const { providerMetadata } of seen.parts) if (providerMetadata) expect(providerMetadata["gemini"]).toMatchObject({ origin });
    expect(seen.end).toMatchObject({ finishReason, rawFinishReason: events.at(-1)?.candidates[0]?.finishReason });
    expect(seen.end?.usage).toEqual(usage);
    expect(seen.events[0]).toEqual({ type: "message-start", model: "gemini-3.8-flash", id: "mNlzaKGdMsaJkdUP5N7v8Q0" });
  });

  test("may be cut at every byte", async () => {
    const bytes = utf8(sse(events));
    const whole = comparable(await ask([bytes]));
    expect(comparable(await ask(cut(bytes, 1)))).toEqual(whole);
    for (const pieces of cutsAnywhere(bytes)) expect(comparable(await ask(pieces)), `after ${pieces[0]?.length} bytes`).toEqual(whole);
  });

  test("is no success before its finish reason", async () => {
    const text = sse(events);
    const end = text.indexOf('"finishReason"');
    for (let length = 0; length < end; length += 11) {
      const seen = await ask(text.slice(0, length));
      expectLawful(seen);
      expect(seen.exception?.code).toBe("truncated");
    }
  });

  test("is the same as the JSON array that the API streams without alt=sse", async () => {
    const streamed = await ask(sse(events));
    expect(comparable(await ask(JSON.stringify(events, null, 2)))).toMatchObject({ end: { finishReason, usage } });
    expect((await ask(JSON.stringify(events))).parts.length).toBe(streamed.parts.length);
  });

  test("is cut off where that array is", async () => {
    for (const indent of [0, 2]) {
      const text = JSON.stringify(events, null, indent);
      for (let length = 1; length < text.length; length += 13) {
        const seen = await ask(text.slice(0, length));
        expectLawful(seen);
        expect(seen.exception, text.slice(0, length)).toMatchObject({ code: "truncated", retryable: true });
      }
    }
  });

  test("holds the same text, thoughts, calls and tokens as for Google's own client", async () => {
    await using server = await startLoopbackServer(async ({ response }) => {
      response.writeHead(200, { "content-type": "text/event-stream" }).end(sse(events));
    });
    const client = new GoogleGenAI({ apiKey: "test", httpOptions: { baseUrl: server.origin } });
    const config = { automaticContinuation: false };
    const theirs = { text: "", thoughts: "", calls: [] as unknown[], total: undefined as number | undefined };
    for await (const chunk of await client.models.generateContentStream({ model: "m", contents: "hi", config })) {
      for (const part of chunk.candidates?.[0]?.content?.parts ?? []) {
        if (part.thought === true) theirs.thoughts += part.text ?? "";
        else theirs.text += part.text ?? "";
        if (part.functionCall) theirs.calls.push(part.functionCall.name);
      }
      theirs.total = chunk.usageMetadata?.totalTokenCount ?? theirs.total;
    }
    const { parts: ours, end } = await ask(sse(events));
    expect(joined(ours, "text")).toBe(theirs.text);
    expect(joined(ours, "reasoning")).toBe(theirs.thoughts);
    expect(ours.flatMap((part) => (part.type === "tool-call" ? [part.name] : []))).toEqual(theirs.calls);
    expect((end?.usage?.inputTokens ?? 0) + (end?.usage?.outputTokens ?? 0)).toBe(theirs.total);
  });

  test("goes back with each signature where it came from", async () => {
    const { parts: content } = await ask(sse(events));
    const answered = content.at(-1)?.providerMetadata?.["gemini"]?.["continuationToken"] === undefined;
    const { request } = toGenerateContentRequest(
      {
        messages: [
          { role: "user", content: [{ type: "text", text: "hi" }] },
          { role: "assistant", content },
        ],
      },
      { provider: "gemini", model: "gemini-2.5-flash", history: geminiHistoryRules() },
    );
    const signed = <Part extends { readonly thoughtSignature?: string | undefined }>(list: readonly Part[]) =>
      list.filter((part) => part.thoughtSignature);
    const received = events.flatMap(({ candidates }) => candidates[0]?.content?.parts ?? []);
    const sent = request.contents.flatMap(({ role, parts: list }) => (role === "model" ? list : []));
    if (answered) expect(signed(sent)).toMatchObject(signed(received).map(withoutNumbers));
    else expect(request).toMatchObject({ contents: [{ role: "user" }], continuationToken: "dG9rZW4=" });
  });
});

test("of an array that was cut, the items that had arrived whole are told, as those of a stream are", async () => {
  const items = ["Hel", "lo", "!"].map((text) => ({
    candidates: [{ content: { parts: [{ text }] } }],
    usageMetadata: { promptTokenCount: 3 },
  }));
  const seen = await ask(JSON.stringify(items).slice(0, -20));
  expectLawful(seen);
  expect(seen.events).toEqual((await ask(sse(items.slice(0, 2)))).events);
  expect(seen.exception).toMatchObject({
    code: "truncated",
    partial: { content: [{ type: "text", text: "Hello" }] },
    usage: { inputTokens: 3 },
  });
  const refused = [...items, { error: { code: 503, message: "The model is overloaded.", status: "UNAVAILABLE" } }];
  expect((await ask(JSON.stringify(refused).slice(0, -1))).exception).toMatchObject({ code: "unavailable", status: 503 });
});

test("arguments are kept as they were spelled", async () => {
  const args = '{ "id": 12345678901234567890, "rate": 1.50, "note": "\\u00e9}]" }';
  const body = `data: {"candidates": [{"content": {"parts": [{"text": "a, \\"args\\": {}"}, {"functionCall": {"name": "pay", "args": ${args}}}]}, "finishReason": "STOP"}]}\n\n`;
  const { parts } = await ask(body);
  expect(parts[1]).toMatchObject({ type: "tool-call", name: "pay", json: args });
});

test("each of an event's many calls gets its own arguments, as they were spelled", async () => {
  const spelled = Array.from({ length: 4000 }, (_, at) => `{ "n":${at}.0 }`);
  const calls = spelled.map((args) => `{"functionCall": {"name": "f", "args": ${args}}}`).join(", ");
  const seen = await ask(`data: {"candidates": [{"content": {"parts": [${calls}]}, "finishReason": "STOP"}]}\n\n`);
  expect(seen.exception).toBeUndefined();
  expect(seen.parts.map((part) => (part.type === "tool-call" ? part.json : part.type))).toEqual(spelled);
});

test("a signed piece of text after unsigned ones remembers where it begins", async () => {
  const chunk = (part: object, finishReason?: string) => ({ candidates: [{ content: { parts: [part] }, finishReason }] });
  const { parts } = await ask(sse([chunk({ text: "ab" }), chunk({ text: "cd", thoughtSignature: "eA==" }), chunk({ text: "ef" }, "STOP")]));
  expect(parts).toEqual([
    { type: "text", text: "abcd", providerMetadata: { gemini: { origin, thoughtSignature: "eA==", signedFrom: 2 } } },
    { type: "text", text: "ef" },
  ]);
});

/** 2^53 + 1 is not the same number after a round trip through JavaScript. */
function withoutNumbers(part: object): unknown {
  return JSON.parse(JSON.stringify(part).replaceAll(/,?"seat":\d+/gu, ""));
}
