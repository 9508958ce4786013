import { readFileSync } from "node:fs";
import { type AssistantPart, type ChatRequest, type Usage, userMessage } from "@chatport/domain";
import { Ollama } from "ollama";
import { describe, expect, test } from "vitest";
import { joined, observe, type ObservedAnswer } from "../../support/observed-answer.js";
import { ollamaOf, serveOllama } from "../../support/ollama-server.js";
import { bodyOf, cut, cutsAnywhere, utf8 } from "../../support/pieces.js";

interface Case {
  readonly name: string;
  readonly source: string;
  readonly body: string;
  readonly expected: {
    readonly text: string;
    readonly reasoning?: string;
    readonly finishReason: string;
    readonly rawFinishReason?: string;
    readonly calls?: readonly { readonly id?: string; readonly name: string; readonly json: string }[];
    readonly usage?: Usage;
  };
}

const cases: readonly Case[] = JSON.parse(readFileSync(new URL("../../fixtures/ollama/streams.json", import.meta.url), "utf8"));
const request: ChatRequest = { messages: [userMessage("hi")] };

function ask(pieces: readonly Uint8Array[]): Promise<ObservedAnswer> {
  return observe(ollamaOf(bodyOf(pieces)).stream(request));
}

function callsIn(parts: readonly AssistantPart[]): readonly AssistantPart[] {
  return parts.filter(({ type }) => type === "tool-call" || type === "invalid-tool-call");
}

describe.each(cases)("$name", ({ body, expected }) => {
  test("is read as it was meant", async () => {
    const { parts, end, exception } = await ask([utf8(body)]);
    expect(exception).toBeUndefined();
    expect(joined(parts, "text")).toBe(expected.text);
    expect(joined(parts, "reasoning")).toBe(expected.reasoning ?? "");
    expect(callsIn(parts)).toMatchObject(
      (expected.calls ?? []).map((call) => ({ type: "tool-call", ...call, input: JSON.parse(call.json) })),
    );
    expect(end).toEqual({
      type: "message-end",
      finishReason: expected.finishReason,
      ...(expected.rawFinishReason !== undefined && { rawFinishReason: expected.rawFinishReason }),
      ...(expected.usage !== undefined && { usage: expected.usage }),
    });
  });

  test("is the same wherever its bytes are cut, and byte by byte", async () => {
    const bytes = utf8(body);
    const whole = comparable(await ask([bytes]));
    for (const pieces of cutsAnywhere(bytes)) expect(comparable(await ask(pieces)), `after ${pieces[0]?.length} bytes`).toEqual(whole);
    expect(comparable(await ask(cut(bytes, 1)))).toEqual(whole);
  });

  test("is no success before its last line is whole", async () => {
    const bytes = utf8(body.trimEnd());
    for (let length = 0; length < bytes.length; length++) {
      const { end, exception } = await ask([bytes.slice(0, length)]);
      expect(end, `cut short at ${length}`).toBeUndefined();
      expect(exception?.code, `cut short at ${length}`).toBe("truncated");
    }
  });
});

// Ollama's npm client knows neither a document over several lines nor blank ones.
test.each(cases.filter(({ body }) => !/^\{\n|\r/u.test(body)))("$name is read by Ollama's own client to the same end", async ({ body }) => {
  await using served = await serveOllama({ body });
  const ours = await observe(served.provider.stream(request));
  const client = new Ollama({ host: served.server.origin });
  const stream = await client.chat({ model: "llama3.2", messages: [{ role: "user", content: "hi" }], stream: true });
  let [text, thinking]: [string, string] = ["", ""];
  const calls: unknown[] = [];
  let counts: Usage = {};
  for await (const { message, prompt_eval_count: inputTokens, eval_count: outputTokens } of stream as AsyncIterable<Line>) {
    text += message?.content ?? "";
    thinking += message?.thinking ?? "";
    for (const call of message?.tool_calls ?? []) calls.push({ name: call.function.name, input: call.function.arguments });
    if (inputTokens !== undefined && outputTokens !== undefined) counts = { inputTokens, outputTokens };
  }
  expect({ text: joined(ours.parts, "text"), thinking: joined(ours.parts, "reasoning") }).toEqual({ text, thinking });
  expect(callsIn(ours.parts)).toMatchObject(calls);
  expect(ours.end?.usage ?? {}).toEqual(counts);
});

/** What the client's own types promise on every line stands on the last one alone. */
interface Line {
  readonly message?: {
    readonly content: string;
    readonly thinking?: string;
    readonly tool_calls?: readonly { readonly function: { readonly name: string; readonly arguments: unknown } }[];
  };
  readonly prompt_eval_count?: number;
  readonly eval_count?: number;
}

test("every fixture names its source", () => {
  for (const { source } of cases) expect(source).toMatch(/github\.com\/ollama\/ollama|written/u);
});

/** Without the ids that are made up for calls that came without one. */
function comparable(answer: ObservedAnswer): unknown {
  return JSON.parse(JSON.stringify(answer).replaceAll(/"call_[0-9a-f]{24}"/gu, '"minted"'));
}
