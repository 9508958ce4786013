import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { defaultModel, modelFacts } from "../../../src/providers/anthropic/index.js";

/** The names of models in the types of Anthropic's own client. */
function modelsOfOfficialClient(): readonly string[] {
  const types = createRequire(import.meta.url)
    .resolve("@anthropic-ai/sdk/resources/messages/messages.js")
    .replace(/\.js$/u, ".d.ts");
  const union = /^export type Model = (?<names>.*);$/mu.exec(readFileSync(types, "utf8"))?.groups?.["names"] ?? "";
  return [...union.matchAll(/'(?<name>claude-[^']+)'/gu)].map(([, name]) => name ?? "");
}

test("the default model is one that Anthropic's own client knows", () => {
  expect(modelsOfOfficialClient()).toContain(defaultModel);
});

// The dots and the colons are OpenRouter's.
test.each([
  ["anthropic/claude-sonnet-4.5", 64_000],
  ["anthropic/claude-opus-4.1", 32_000],
  ["anthropic/claude-sonnet-4:beta", 64_000],
  ["anthropic/claude-3.7-sonnet:thinking", 64_000],
  ["anthropic/claude-3.5-sonnet", 8_192],
  ["anthropic/claude-3-haiku", 4_096],
  ["claude-opus-4-1@20250805", 32_000],
  ["us.anthropic.claude-sonnet-4-20250514-v1:0", 64_000],
  ["claude-3-5-haiku-latest", 8_192],
])("%s writes at most %i tokens and thinks with a budget", (model, maxOutputTokens) => {
  expect(modelFacts(model)).toEqual({ maxOutputTokens, thinking: "budget" });
});

test("of the models that Anthropic's own client knows, those before 4.6 alone think with a budget", () => {
  const withBudget = modelsOfOfficialClient().filter((model) => modelFacts(model).thinking === "budget");
  expect(withBudget.length).toBeGreaterThan(0);
  for (const model of withBudget) expect(model).toMatch(/-4-5(?:-20\d{6})?$/u);
});
