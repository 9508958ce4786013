import { describe, expect, test } from "vitest";
import { withoutKeys } from "../../src/config/key-shape.js";
import { shownValue } from "../../src/config/shown-value.js";

describe("a name that people choose is shown", () => {
  test.each([
    "meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8",
    "Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8",
    "deepseek-ai/DeepSeek-R1-Distill-Qwen-32B",
    "accounts/fireworks/models/llama-v3p1-405b-instruct",
    "gpt4omini20240718",
    "xai-grok-4",
    "my-xai-grok-4-fast",
    "pplx-7b-chat",
    "gsk-prod-2",
    "oaieastus2prod001",
  ])("%s", (name) => {
    expect(shownValue(["providers", "x", "model"], name)).toBe(name);
    expect(withoutKeys(`There is no provider "${name}".`)).toBe(`There is no provider "${name}".`);
  });

  test("and so is the path of a file", () => {
    const reference = "file:/Users/Ann/Library/Chatport2/openai-key";
    expect(shownValue(["providers", "x", "apiKey"], reference)).toBe(reference);
  });

  test("and the name of a variable", () => {
    expect(shownValue(["providers", "x", "apiKey"], "env:AZURE_OPENAI_KEY_EASTUS2PROD")).toBe("env:AZURE_OPENAI_KEY_EASTUS2PROD");
  });

  test("and an address keeps its spelling", () => {
    expect(shownValue(["providers", "x", "baseUrl"], "https://h.example/a%2Fb/v1")).toBe("https://h.example/a%2Fb/v1");
  });
});

describe("a key is hidden in a sentence", () => {
  test.each([
    "JFeCD/n7HDfLB4vHf5X//t/s1dstKN0+gAlIn5SNQgY=",
    "ug4zKm8UQ3jYDIgtmE/NlBiGuY0xgnSL+n4KPVLC",
    "sk-1234",
    "hf_QwErTyUiOpAsDfGh1",
    "AKIAPKCYWTWLLHBTCOLB",
  ])("%s", (key) => {
    expect(withoutKeys(`The file ${key} cannot be read.`)).toBe("The file [hidden] cannot be read.");
  });
});

test("the cost is linear in the text", () => {
  const text = `a${"-sk".repeat(300_000)}`;
  const startedAt = performance.now();
  withoutKeys(text);
  shownValue(["providers", "x", "model"], text);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});
