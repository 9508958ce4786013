import type { JsonObject } from "@chatport/domain";
import type { Json } from "@chatport/domain";
import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { callArguments } from "../../src/http/call-arguments.js";

afterEach(() => {
  vi.unstubAllGlobals();
});

/** What goes over the wire. */
function sent(json: string, input: Json = JSON.parse(json)): string {
  return JSON.stringify(callArguments({ json, input }));
}

test.each([
  ["an object", '{"city":"Paris"}', '{"city":"Paris"}'],
  ["a list", "[1,2]", '{"arguments":[1,2]}'],
  ["a number", "7", '{"arguments":7}'],
  ["a text", '"Paris"', '{"arguments":"Paris"}'],
  ["null", "null", '{"arguments":null}'],
])("%s goes out as an object", (_what, json, expected) => {
  expect(sent(json)).toBe(expected);
});

test.each([
  ["a whole number", '{"id":12345678901234567890}', '{"id":12345678901234567890}'],
  ["a fraction", '{"id":{"of":[0.12345678901234567891]}}', '{"id":{"of":[0.12345678901234567891]}}'],
  ["an exponent", '{"id":1e3}', '{"id":1e3}'],
  ["a number by itself", "12345678901234567890", '{"arguments":12345678901234567890}'],
  ["a number in a list", "[12345678901234567890]", '{"arguments":[12345678901234567890]}'],
  ["digits in a text", '{"id":"12345678901234567890"}', '{"id":"12345678901234567890"}'],
])("%s keeps its digits", (_what, json, expected) => {
  expect(sent(json)).toBe(expected);
});

test("an input that the application changed holds", () => {
  expect(sent('{"id":12345678901234567890}', { id: 1 })).toBe('{"id":1}');
  expect(sent('{"id":12345678901234567890', { id: 1 })).toBe('{"id":1}');
});

test("what JSON cannot carry is null, as ever", () => {
  expect(sent('{"id":1e999}')).toBe('{"id":null}');
});

test("an engine that cannot write a number verbatim sends the parsed one", async () => {
  const json = '{"id":12345678901234567890}';
  const { parse, stringify } = JSON;
  vi.stubGlobal("JSON", { parse, stringify });
  vi.resetModules();
  const fresh = await import("../../src/http/call-arguments.js");
  expect(stringify(fresh.callArguments({ json, input: parse(json) }))).toBe('{"id":12345678901234567000}');
});

test("any JSON means the same as before", () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      const value: Json = JSON.parse(json);
      const result: unknown = JSON.parse(sent(json));
      const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
      expect(result).toEqual(JSON.parse(JSON.stringify(isObject ? value : { arguments: value })));
    }),
  );
});

test("arguments that nest too deeply for the exact reading go out as they were parsed", () => {
  const json = `${'{"a":'.repeat(3500)}12345678901234567890${"}".repeat(3500)}`;
  const input: JsonObject = JSON.parse(json);
  expect(() => JSON.stringify(callArguments({ input, json }))).not.toThrow();
});
