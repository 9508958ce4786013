import { expect, test } from "vitest";
import { nearestName } from "../../src/names/nearest-name.js";

test.each([
  ["modle", ["middle", "model"], "model"],
  ["baseURL", ["baseUrl", "model"], "baseUrl"],
  ["api_key", ["apiKey", "type"], "apiKey"],
  ["opnai", ["openai-compatible", "openai", "guide"], "openai"],
  ["gide", ["guide"], "guide"],
  ["x", ["guide", "model"], undefined],
  ["temperature", ["model", "type"], undefined],
  ["a".repeat(1_000_000), ["model"], undefined],
])("nearest to %.20s", (wrong, valid, nearest) => {
  expect(nearestName(wrong, valid)).toBe(nearest);
});
