import { expect, test } from "vitest";
import { assistantMessage, systemMessage, text, toolMessage, toolResult, userMessage } from "../src/index.js";

test("a message can be made of a string", () => {
  expect(systemMessage("Be brief.")).toEqual({ role: "system", content: [{ type: "text", text: "Be brief." }] });
  expect(userMessage("hi")).toEqual({ role: "user", content: [{ type: "text", text: "hi" }] });
  expect(assistantMessage("hello")).toEqual({ role: "assistant", content: [{ type: "text", text: "hello" }] });
});

test("a message can be made of parts, which it keeps as they are", () => {
  const parts = [text("What is this?"), { type: "image", mediaType: "image/png", source: { url: "https://example.com/a.png" } }] as const;
  expect(userMessage(parts).content).toBe(parts);
});

test("a tool message answers calls under their own ids and names", () => {
  const call = { id: "call_1", name: "weather" };
  expect(toolMessage(toolResult(call, "Sunny."), toolResult(call, [text("No such city.")], true))).toEqual({
    role: "tool",
    content: [
      { type: "tool-result", callId: "call_1", name: "weather", content: [{ type: "text", text: "Sunny." }] },
      { type: "tool-result", callId: "call_1", name: "weather", content: [{ type: "text", text: "No such city." }], isError: true },
    ],
  });
});
