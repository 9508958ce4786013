import { expect, test } from "vitest";
import { toldUsage } from "../../src/http/told-usage.js";

test("usage holds what was told, zeros among it, and nothing that was not", () => {
  const all = { inputTokens: 5, outputTokens: 0, cachedInputTokens: 2, cacheWriteTokens: 1, reasoningTokens: 3 };
  expect(toldUsage(all)).toStrictEqual(all);
  expect(toldUsage({ inputTokens: 5, outputTokens: null, reasoningTokens: undefined })).toStrictEqual({ inputTokens: 5 });
  expect(toldUsage({})).toStrictEqual({});
});
