import { describe, expect, test } from "vitest";
import { contractCases, contractPlan } from "../../src/testing/index.js";

describe("the contract's plan", () => {
  test("holds every case when nothing is skipped", () => {
    expect(contractPlan().map(({ contractCase }) => contractCase)).toEqual(contractCases);
    expect(contractPlan().filter((entry) => entry.skipped !== undefined)).toEqual([]);
  });

  test("skips a single case and a whole group, each with its reason", () => {
    const skipped = contractPlan({ tools: "It calls no tools.", "finish/content-filter": "It filters nothing." })
      .filter((entry) => entry.skipped !== undefined)
      .map(({ contractCase, skipped: reason }) => [contractCase.id, reason]);
    expect(skipped).toContainEqual(["finish/content-filter", "It filters nothing."]);
    expect(skipped).toContainEqual(["tools/call", "It calls no tools."]);
    expect(skipped).toHaveLength(1 + contractCases.filter(({ id }) => id.startsWith("tools/")).length);
  });

  test("refuses a skip without a reason", () => {
    expect(() => contractPlan({ tools: " " })).toThrow('Skipping "tools" needs a reason.');
  });

  test("refuses a skip of what does not exist", () => {
    // @ts-expect-error: the type knows all names, and a plain JavaScript test file does not.
    expect(() => contractPlan({ "tools/typo": "A reason." })).toThrow('There is no contract case or group "tools/typo" to skip.');
  });
});
