import { inspect } from "node:util";
import { expect, test } from "vitest";
import { ConfigException } from "../../src/config/index.js";

const canary = "sk-test-canary-5e1f8a90c3";

test.each<[string, () => unknown]>([
  ["its message", () => new Error(canary)],
  ["its stack", () => Object.assign(new Error("clean"), { stack: `Error: ${canary}\n    at ${canary} (file:///a.js:1:1)` })],
  ["a field of its own", () => Object.assign(new Error("clean"), { options: { headers: [canary] } })],
  ["an error among its errors", () => new AggregateError([new Error(canary)], "clean")],
  ["the cause of its cause", () => new Error("clean", { cause: new Error("clean", { cause: { key: canary } }) })],
  ["an object that is no error", () => ({ issues: [{ message: canary }] })],
])("a cause that holds a key in %s does not show it", (_place, cause) => {
  const exception = new ConfigException("plugin", "It cannot be loaded.", { cause: cause() });
  expect(inspect(exception, { depth: 20, showHidden: true })).not.toContain("canary");
});

test("a cause still says what went wrong, and where", () => {
  const cause = Object.assign(new TypeError("no such thing"), { code: "ERR_THING" });
  const exception = new ConfigException("plugin", "It cannot be loaded.", { cause });
  expect(exception.cause).toMatchObject({ name: "TypeError", message: "no such thing", code: "ERR_THING" });
  expect(exception.cause).toHaveProperty("stack", expect.stringContaining("shown-cause.test.ts"));
});

test("causes that go round in a circle end", () => {
  const cause = new Error("round");
  cause.cause = cause;
  expect(new ConfigException("plugin", "It cannot be loaded.", { cause }).cause).toMatchObject({ message: "round" });
});
