import { expect, test } from "vitest";
import { ask, sse } from "./gemini-server.js";

const answer = (part: object) => ({ candidates: [{ content: { parts: [part] }, finishReason: "STOP" }] });

test.each(["BLOCK_REASON_UNSPECIFIED", "BLOCKED_REASON_UNSPECIFIED"])(
  "%s, the default of a block reason, blocks nothing",
  async (blockReason) => {
    const { parts, exception } = await ask(sse([{ ...answer({ text: "a" }), promptFeedback: { blockReason } }]));
    expect(exception).toBeUndefined();
    expect(parts).toEqual([{ type: "text", text: "a" }]);
  },
);

test("an empty text beside an image hides nothing", async () => {
  const inlineData = { mimeType: "image/png", data: "AA==" };
  const { parts } = await ask(sse([answer({ text: "", inlineData })]));
  expect(parts).toMatchObject([{ type: "provider", data: { inlineData } }]);
});

test("a call that says of itself that it does not come in pieces is whole", async () => {
  const { parts } = await ask(sse([answer({ functionCall: { name: "f", args: { a: 1 }, partialArgs: [], willContinue: false } })]));
  expect(parts).toMatchObject([{ type: "tool-call", name: "f", input: { a: 1 } }]);
});
