import { format, inspect } from "node:util";
import { expect, test } from "vitest";
import { Secret } from "../src/index.js";

const canary = "canary-4711";
const secret = new Secret(canary);

test("a secret is revealed on demand", () => {
  expect(secret.reveal()).toBe(canary);
});

test.each<readonly [string, () => string]>([
  ["a template", () => `The key is ${String(secret)}.`],
  ["JSON", () => JSON.stringify({ secret, list: [secret] })],
  ["inspect", () => inspect(secret)],
  ["inspect of what holds it", () => inspect({ deep: { secret } }, { depth: 9 })],
  ["inspect that shows what is hidden", () => inspect(secret, { showHidden: true, getters: true })],
  ["inspect that ignores its wish", () => inspect(secret, { customInspect: false, showHidden: true })],
  ["console.log's format", () => format("%s %o %O %j", secret, secret, secret, secret)],
  ["an error's cause", () => inspect(new Error("Failed.", { cause: { secret } }))],
  ["a clone", () => inspect(structuredClone(secret), { showHidden: true })],
  [
    "its own properties",
    () =>
      Reflect.ownKeys(secret)
        .map((key) => String(Reflect.get(secret, key)))
        .join(),
  ],
  ["a spread", () => JSON.stringify(Object.assign({}, secret))],
])("a secret is not shown by %s", (_where, show) => {
  expect(show()).not.toContain(canary);
});

test("a secret says that it is one", () => {
  expect([String(secret), JSON.stringify(secret), inspect(secret)]).toEqual(["[secret]", '"[secret]"', "[secret]"]);
});
