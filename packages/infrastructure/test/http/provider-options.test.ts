import { isChatException } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { readProviderOptions, withSnakeCaseNames } from "../../src/http/provider-options.js";

const schema = z.strictObject({
  topK: z.optional(z.int()),
  metadata: z.optional(z.strictObject({ user: z.optional(z.string()) })),
  extraBody: z.optional(z.record(z.string(), z.unknown())),
});

function complaintOf(options: Parameters<typeof readProviderOptions>[0]): string {
  try {
    readProviderOptions(options, "acme", schema, "work");
  } catch (error) {
    if (isChatException(error) && error.provider === "work") return `${error.code}: ${error.message}`;
    throw error;
  }
  return "none";
}

test("the vendor's options are read, and those of others are not looked at", () => {
  expect(readProviderOptions({ acme: { topK: 3 }, other: { topK: "x" } }, "acme", schema, "work")).toEqual({ topK: 3 });
  expect(readProviderOptions({ other: { topK: "x" } }, "acme", schema, "work")).toBeUndefined();
  expect(readProviderOptions(undefined, "acme", schema, "work")).toBeUndefined();
});

describe("what cannot be sent is refused", () => {
  test.each([
    [{ top_k: 3 }, "unsupported: providerOptions.acme.top_k is not known. Did you mean topK?"],
    [{ sparkle: 3 }, "unsupported: providerOptions.acme.sparkle is not known. Known: topK, metadata, extraBody."],
    [{ metadata: { id: "x" } }, "invalid-request: providerOptions.acme.metadata has no field id."],
    [{ topK: "many" }, "invalid-request: providerOptions.acme.topK: Invalid input: expected number, received string."],
  ])("%j", (options, message) => {
    expect(complaintOf({ acme: options })).toContain(message);
  });

  test("with the way around it", () => {
    expect(complaintOf({ acme: { sparkle: 3 } })).toMatch(/goes in providerOptions\.acme\.extraBody\.$/u);
  });
});

test("names become those of the wire, one level deep", () => {
  expect(withSnakeCaseNames({ topLogprobs: 1, n: 2, f16Kv: { keepCase: 3 } })).toEqual({ top_logprobs: 1, n: 2, f16_kv: { keepCase: 3 } });
});
