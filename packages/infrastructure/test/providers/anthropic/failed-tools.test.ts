import { type TextPart, userMessage } from "@chatport/domain";
import { expect, test } from "vitest";
import { createAnthropicProvider } from "../../../src/providers/anthropic/index.js";
import { observe } from "../../support/observed-answer.js";

test.each<[string, readonly TextPart[]]>([
  ["nothing", []],
  ["a blank text", [{ type: "text", text: " \n" }]],
])("a tool that failed with %s says that it failed: the API refuses an error without content", async (_what, content) => {
  let body = "";
  const fetch: typeof globalThis.fetch = async (input, init) => {
    body = await new Request(input, init).text();
    return Response.json({ content: [], stop_reason: "end_turn" });
  };
  const call = { type: "tool-call", id: "toolu_1", name: "f", input: {}, json: "{}" } as const;
  const messages = [
    userMessage("hi"),
    { role: "assistant", content: [call] } as const,
    { role: "tool", content: [{ type: "tool-result", callId: "toolu_1", name: "f", content, isError: true }] } as const,
  ];
  await observe(createAnthropicProvider({ model: "claude-x", retry: false, fetch }).stream({ messages }));
  expect(JSON.parse(body)).toMatchObject({
    messages: [{}, {}, { content: [{ type: "tool_result", content: [{ type: "text", text: "Error" }], is_error: true }] }],
  });
});
