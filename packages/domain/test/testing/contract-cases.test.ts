import { describe, expect, test } from "vitest";
import { contractCaseIds, contractCases } from "../../src/testing/index.js";
import type { BrokenProvider } from "./broken/broken-provider.js";
import { brokenCancelling } from "./broken/cancelling.js";
import { brokenContent } from "./broken/content.js";
import { brokenDeliveryAndDeadlines } from "./broken/delivery-and-deadlines.js";
import { brokenEvents } from "./broken/events.js";
import { brokenFailures } from "./broken/failures.js";
import { brokenHolding } from "./broken/holding.js";
import { brokenOutcomes } from "./broken/outcomes.js";
import { brokenReading } from "./broken/reading.js";
import { brokenSurroundings } from "./broken/surroundings.js";
import { fakeHarness } from "./fake-harness.js";

const brokenProviders: readonly BrokenProvider[] = [
  ...brokenEvents,
  ...brokenOutcomes,
  ...brokenFailures,
  ...brokenReading,
  ...brokenCancelling,
  ...brokenHolding,
  ...brokenContent,
  ...brokenDeliveryAndDeadlines,
  ...brokenSurroundings,
];

describe("the contract's cases", () => {
  test("are the documented ones, once each", () => {
    expect(contractCases.map(({ id }) => id).toSorted()).toEqual(contractCaseIds.toSorted());
  });

  test("each have a broken provider that fails them", () => {
    const noticed = new Set(brokenProviders.flatMap(({ breaks }) => breaks));
    expect(contractCaseIds.filter((id) => !noticed.has(id))).toEqual([]);
  });
});

describe("the contract notices a provider that", () => {
  test.concurrent.each(brokenProviders)("$fault", async ({ breaks, start }) => {
    const harness = { ...fakeHarness, start, patience: 700 };
    const outcomes = await Promise.allSettled(contractCases.map((contractCase) => contractCase.run(harness)));
    const failed = contractCases.filter((_, position) => outcomes[position]?.status === "rejected").map(({ id }) => id);
    expect(failed.toSorted()).toEqual(breaks.toSorted());
  });
});
