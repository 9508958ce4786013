import { expect, test } from "vitest";
import { policyIn } from "../../src/di/provider-policy.js";

test("a table's retry settings, model and total deadline reach the retries", () => {
  expect(policyIn({ model: "m", retry: { maxAttempts: 5 }, deadlines: { totalMs: 1000, idleMs: 1 } })).toEqual({
    model: "m",
    retry: { overallMs: 1000, maxAttempts: 5 },
  });
});

test("of the retries' own deadline and the provider's the shorter holds, and false switches retries off", () => {
  expect(policyIn({ retry: { overallMs: 9 }, deadlines: { totalMs: 1000 } })).toEqual({ retry: { overallMs: 9 } });
  expect(policyIn({ retry: { overallMs: 9000 }, deadlines: { totalMs: 1000 } })).toEqual({ retry: { overallMs: 1000 } });
  expect(policyIn({ retry: false })).toEqual({ retry: false });
});

test.each([undefined, "text", {}, { retry: "often" }, { model: 3 }])(
  "a factory that knows none of them gets the defaults: %j",
  (config) => {
    expect(policyIn(config)).toEqual({ retry: {} });
  },
);

test("a deadline that is switched off stays off", () => {
  expect(policyIn({ deadlines: { totalMs: Number.POSITIVE_INFINITY } })).toEqual({ retry: { overallMs: Number.POSITIVE_INFINITY } });
});
