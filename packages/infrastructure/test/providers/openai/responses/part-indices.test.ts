import { userMessage } from "@chatport/domain";
import { expect, test } from "vitest";
import { createOpenAIResponsesProvider } from "../../../../src/providers/openai/index.js";
import { observe } from "../../../support/observed-answer.js";

const message = { type: "message", id: "msg_1", role: "assistant", content: [] };

test.each([
  [["A"], 0],
  [["A"], 1],
  [["A", "B"], 0],
  [["A", "B"], 1],
])("the texts %j are said once where the server counts from %i", async (texts, first) => {
  const done = { ...message, status: "completed", content: texts.map((text) => ({ type: "output_text", text, annotations: [] })) };
  const pieces = texts.map((delta, at) => ({
    type: "response.output_text.delta",
    item_id: "msg_1",
    output_index: 0,
    content_index: first + at,
    delta,
  }));
  const events = [
    { type: "response.output_item.added", output_index: 0, item: message },
    ...pieces,
    { type: "response.output_item.done", output_index: 0, item: done },
    { type: "response.completed", response: { status: "completed", output: [done] } },
  ];
  const fetch = () => Promise.resolve(new Response(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("")));
  const { parts } = await observe(
    createOpenAIResponsesProvider({ model: "m", retry: false, fetch }).stream({ messages: [userMessage("hi")] }),
  );
  expect(parts).toMatchObject(texts.map((text) => ({ type: "text", text })));
});
