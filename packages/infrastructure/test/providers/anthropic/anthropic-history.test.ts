import { assistantMessage, type AssistantPart, complete, userMessage } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { historyLosses } from "../../../src/providers/history-losses.js";
import { anthropicHistoryRules, defaultModel, toMessagesRequest } from "../../../src/providers/anthropic/index.js";
import { askedModel, fixture, providerOf } from "./anthropic-streams.js";

const hi = { messages: [userMessage("hi")] };

/** What a model would not be told of an answer, and what it is told. */
function swapTo(model: string, content: readonly AssistantPart[]) {
  const messages = [...hi.messages, assistantMessage(content), userMessage("and?")];
  const history = anthropicHistoryRules();
  const { request } = toMessagesRequest({ messages, model }, { provider: "p", model: "m", systemMessages: "top", history, stream: true });
  const losses = historyLosses(messages, { type: "anthropic", model });
  return {
    losses: losses?.map(({ what, part }) => [what, part]),
    types: request.messages.find(({ role }) => role === "assistant")?.content.map(({ type }) => type),
  };
}

describe("thinking, in the clear and redacted", () => {
  test("goes back to the model that thought it, and nothing is lost", async () => {
    const { message } = await complete(providerOf([fixture("interleaved.sse")]), hi);
    expect(swapTo(askedModel, message.content)).toEqual({
      losses: [],
      types: ["thinking", "redacted_thinking", "tool_use", "thinking", "tool_use"],
    });
  });

  test("does not go to another model, and that is known beforehand", async () => {
    const { message } = await complete(providerOf([fixture("interleaved.sse")]), hi);
    expect(swapTo("claude-of-tomorrow", message.content)).toEqual({
      losses: [
        ["state", 0],
        ["state", 1],
        ["state", 3],
        ["reasoning", 3],
      ],
      types: ["tool_use", "tool_use"],
    });
  });

  test("does not go to the model of a table that names none, unless that one thought it", () => {
    const thought = (model: string): AssistantPart => ({
      type: "reasoning",
      text: "hm",
      providerMetadata: { anthropic: { signature: "c2ln", model } },
    });
    const messages = [assistantMessage([thought(defaultModel), thought("claude-opus-5-5")])];
    expect(historyLosses(messages, { type: "anthropic" })?.map(({ what, part }) => [what, part])).toEqual([
      ["state", 1],
      ["reasoning", 1],
    ]);
  });
});

test("what a message says about its end is no block, and known to be lost", async () => {
  const { message } = await complete(providerOf([fixture("refusal.sse")]), hi);
  expect(swapTo(askedModel, message.content)).toEqual({ losses: [["provider-part", 1]], types: ["text"] });
});
