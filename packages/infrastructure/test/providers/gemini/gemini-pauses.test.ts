import { describe, expect, test } from "vitest";
import { createGeminiProvider } from "../../../src/providers/gemini/index.js";
import { observe } from "../../support/observed-answer.js";
import { utf8 } from "../../support/pieces.js";
import { ask, request, sse } from "./gemini-server.js";

const piece = (text: string, finishReason?: string) => ({ candidates: [{ content: { parts: [{ text }] }, finishReason }] });
const empty = (finishReason: string) => ({ candidates: [{ content: { parts: [] }, finishReason }] });

describe("a body that pauses after a reason", () => {
  // The idle deadline is shorter here than the patience with servers that leave their connection open.
  const pausing = (events: readonly object[]) => {
    const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(utf8(sse(events))) });
    const provider = createGeminiProvider({ model: "gemini-1.5-flash", retry: false, fetch: () => Promise.resolve(new Response(body)) });
    return observe(provider.stream(request, { deadlines: { idleMs: 60 } }));
  };

  // github.com/BerriAI/litellm/issues/4339 and github.com/Chevey339/kelivo/issues/1003.
  test.each([
    ["every chunk bears the reason", [piece("a", "STOP"), piece("b", "STOP")]],
    ["a gateway says it while the model thinks", [empty("STOP"), empty("STOP")]],
  ])("is no success where %s", async (_where, events) => {
    const { end, exception } = await pausing(events);
    expect(end).toBeUndefined();
    expect(exception).toMatchObject({ code: "timeout", phase: "idle" });
  });

  test("is no success while pieces without a reason follow", async () => {
    const { exception } = await pausing([empty("STOP"), piece("a")]);
    expect(exception).toMatchObject({ code: "timeout", partial: { content: [{ type: "text", text: "a" }] } });
  });

  test.each([
    ["the server says it at the end", [piece("a"), piece("b", "STOP")], "STOP"],
    ["the server says it at the end, too", [empty("STOP"), piece("a"), empty("STOP")], "STOP"],
    ["the reason is another", [piece("a", "MAX_TOKENS")], "MAX_TOKENS"],
  ])("is waited for no longer where %s", async (_where, events, rawFinishReason) => {
    expect((await pausing(events)).end).toMatchObject({ rawFinishReason });
  });
});

test("STOP yields to any other reason, and follows none", async () => {
  expect((await ask(sse([piece("a", "MAX_TOKENS"), piece("b", "STOP")]))).end).toMatchObject({ finishReason: "length" });
});
