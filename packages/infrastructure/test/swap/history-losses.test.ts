import { assistantMessage, userMessage } from "@chatport/domain";
import { expect, test } from "vitest";
import { stateOf } from "../../src/http/index.js";
import { historyLosses } from "../../src/providers/history-losses.js";

const state = stateOf("openai", "https://openrouter.ai", { reasoning_details: [] });
const conversation = [userMessage("hi"), assistantMessage([{ type: "reasoning", text: "Hm.", providerMetadata: state }])];

test.each([
  [{ type: "openai-compatible", preset: "openrouter" }, []],
  [{ type: "openai-compatible", preset: "deepseek" }, ["state"]],
  [{ type: "openai-compatible", preset: "openrouter", baseUrl: "https://proxy.example/v1" }, ["state", "reasoning"]],
  [{ type: "openai" }, ["state", "reasoning"]],
  [{ type: "anthropic" }, ["state", "reasoning"]],
  [{ type: "gemini", model: "gemini-3-flash-preview" }, ["state", "reasoning"]],
  [{ type: "ollama", model: "qwen3" }, ["state"]],
  [{ type: "guide" }, []],
] as const)("what %j would not be told of an answer of OpenRouter's", (table, lost) => {
  expect(historyLosses(conversation, table)?.map(({ what, message, part }) => [what, message, part])).toEqual(
    lost.map((what) => [what, 1, 0]),
  );
});

test("nobody knows of a type that is not built in", () => {
  expect(historyLosses(conversation, { type: "acme" })).toBeUndefined();
});
