import type { Json, JsonObject } from "@chatport/domain";
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
  ["text", '{"city":"Paris"}'],
  ["a whole number", '{"id":12345678901234567890}'],
  ["a fraction", '{"id":{"of":[0.12345678901234567891]}}'],
  ["an exponent", '{"id":1e3}'],
  ["digits in a text", '{"id":"12345678901234567890"}'],
])("an object with %s goes out as it came, to the last digit", (_what, json) => {
  expect(sent(json)).toBe(json);
});

test.each(["[1,2]", "7", '"Paris"', "null", "12345678901234567890", "[12345678901234567890]"])(
  "%s, which is no object, goes out as a field of one",
  (json) => {
    expect(sent(json)).toBe(`{"arguments":${json}}`);
  },
);

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

test("an engine that cannot write what it has read verbatim, as that takes more room, sends the parsed number", async () => {
  const json = '{"id":12345678901234567890}';
  const { parse, stringify } = JSON;
  const write = (value: unknown): string => {
    const text = stringify(value);
    if (text === json) throw new RangeError("Maximum call stack size exceeded");
    return text;
  };
  vi.stubGlobal("JSON", { parse, stringify: write, rawJSON: Reflect.get(JSON, "rawJSON") });
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
