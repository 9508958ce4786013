import { userMessage } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { createOpenAIProvider } from "../../../src/providers/openai/index.js";
import { observe } from "../../support/observed-answer.js";
import { utf8 } from "../../support/pieces.js";

const request = { messages: [userMessage("hi")] };
const piece = (content: string, finish_reason: string | null = null) => ({ choices: [{ index: 0, delta: { content }, finish_reason }] });

describe("a body that pauses after a finish reason", () => {
  // The idle deadline is shorter here than the patience with servers that leave their end marker out.
  const pausing = (chunks: readonly object[]) => {
    const text = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join("");
    const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(utf8(text)) });
    const provider = createOpenAIProvider({ model: "m", apiKey: "k", retry: false, fetch: () => Promise.resolve(new Response(body)) });
    return observe(provider.stream(request, { deadlines: { idleMs: 60 } }));
  };

  test.each([
    ["every chunk bears the reason", [piece("a", "stop"), piece("b", "stop")], "ab"],
    ["pieces without a reason follow", [piece("a", "stop"), piece("b")], "ab"],
  ])("is no success where %s", async (_where, chunks, text) => {
    const { end, exception } = await pausing(chunks);
    expect(end).toBeUndefined();
    expect(exception).toMatchObject({ code: "timeout", phase: "idle", partial: { content: [{ type: "text", text }] } });
  });

  test.each([
    ["the server says it at the end", [piece("a"), piece("b", "stop")], "stop"],
    ["the usage comes behind it", [piece("a"), piece("", "stop"), { choices: [], usage: { prompt_tokens: 1 } }], "stop"],
    ["the reason is another", [piece("a", "length")], "length"],
  ])("is waited for no longer where %s", async (_where, chunks, rawFinishReason) => {
    expect((await pausing(chunks)).end).toMatchObject({ rawFinishReason });
  });
});
