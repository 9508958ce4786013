import { expect, test } from "vitest";
import { otherName, otherPreset, otherType } from "../../src/config/other-name.js";

test.each([
  ["baseUrl", ["endpoint", "model"], "endpoint"],
  ["base_url", ["endpoint", "model"], "endpoint"],
  ["api-base", ["baseUrl", "model"], "baseUrl"],
  ["deployment", ["endpoint", "model"], "model"],
  ["max_tokens", ["maxOutputTokens"], "maxOutputTokens"],
  ["baseUrl", ["model"], undefined],
  ["colour", ["endpoint", "model"], undefined],
])("what others call %s is, among %j, %s", (wrong, valid, expected) => {
  expect(otherName(wrong, valid)).toBe(expected);
});

test.each([
  ["azure", "azure-openai"],
  ["AZURE_OPENAI", "azure-openai"],
  ["google", "gemini"],
  ["claude", "anthropic"],
  ["ChatGPT", "openai"],
  ["router", "routing"],
  ["groq", undefined],
])("the type that others call %s is %s", (wrong, expected) => {
  const types = ["openai", "openai-compatible", "azure-openai", "anthropic", "gemini", "ollama", "routing"];
  expect(otherType(wrong, types)).toBe(expected);
});

test.each([
  ["lm-studio", "lmstudio"],
  ["llama.cpp", "llamacpp"],
  ["grok", "xai"],
  ["mistralai", "mistral"],
  ["azure", undefined],
])("the preset that others call %s is %s", (wrong, expected) => {
  expect(otherPreset(wrong, ["groq", "llamacpp", "lmstudio", "mistral", "xai"])).toBe(expected);
});
