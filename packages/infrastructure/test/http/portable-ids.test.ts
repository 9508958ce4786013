import * as fc from "fast-check";
import { expect, test } from "vitest";
import { portableIds } from "../../src/http/portable-ids.js";

const forms = fc.constantFrom(
  { pattern: /^[a-zA-Z0-9]{9}$/u, maxLength: 9 },
  { pattern: /^[a-zA-Z0-9_-]+$/u, maxLength: 64 },
  { pattern: /\S+/gu, maxLength: 40 },
);

test("every id becomes one that the API takes, two never become one, and fine ones stay", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.oneof(fc.string(), fc.stringMatching(/^[a-z0-9]{9}$/u)), { maxLength: 30 }), forms, (ids, form) => {
      const whole = new RegExp(`^(?:${form.pattern.source})$`, "u");
      const isFine = (id: string) => id.length <= form.maxLength && whole.test(id);
      const rewrite = portableIds(ids, form);
      const rewritten = ids.map(rewrite);
      expect(rewritten.every(isFine)).toBe(true);
      expect(new Set(rewritten).size).toBe(ids.length);
      for (const id of ids.filter(isFine)) expect(rewrite(id)).toBe(id);
    }),
  );
});

test("a rewritten id gives way to the same id of another call", () => {
  const form = { pattern: /^[a-z0-9]+$/u, maxLength: 40 };
  const taken = portableIds(["a:b"], form)("a:b");
  expect(portableIds(["a:b", taken], form)("a:b")).not.toBe(taken);
});

test("ids that are rewritten to the same few characters stay apart", () => {
  const ids = Array.from({ length: 1000 }, (_, index) => `call:${index}`);
  const rewrite = portableIds(ids, { pattern: /^[a-z0-9]+$/u, maxLength: 4 });
  expect(new Set(ids.map(rewrite)).size).toBe(ids.length);
});
