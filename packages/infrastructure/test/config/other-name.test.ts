import { expect, test } from "vitest";
import { otherName } from "../../src/config/other-name.js";

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
