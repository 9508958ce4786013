import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonItemSources, jsonSource } from "../../src/http/json-source.js";

const key = fc.constantFrom("a", "b", 'q"uote', "back\\slash", "é", "__proto__", "");
const value = fc.jsonValue({ maxDepth: 4 });

/** JSON as somebody may have written it: with blanks between all tokens. */
function spaced(text: string, blank: string): string {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/gu, (token) => blank + token + blank);
}

describe("the source of a value", () => {
  test("is what stands in the text, to the blank", () => {
    const text = '{ "x": {"args" : { "city":"Par\\"is}", "n": 12345678901234567890 } , "y":[] } }';
    expect(jsonSource(text, ["x", "args"])).toBe('{ "city":"Par\\"is}", "n": 12345678901234567890 }');
    expect(jsonSource(text, ["x", "args", "n"])).toBe("12345678901234567890");
    expect(jsonSource(text, ["x", "y"])).toBe("[]");
    expect(jsonSource(text, [])).toBe(text);
  });

  test.each([[["nope"]], [["x", "args", "city", "deeper"]], [["x", "y", "0"]]])("of %j is none", (path) => {
    expect(jsonSource('{"x":{"args":{"city":"a"},"y":[1]}}', path)).toBeUndefined();
  });

  test("is that of the last of equal keys, however they are spelled", () => {
    expect(jsonSource('{"a":1,"\\u0061":2}', ["a"])).toBe("2");
  });

  test("parses to the value itself, for every member and item of any JSON", () => {
    fc.assert(
      fc.property(fc.dictionary(key, value), fc.constantFrom("", " ", "\n\t", "\r\n "), (object, blank) => {
        const text = spaced(JSON.stringify(object), blank);
        const parsed: Record<string, unknown> = JSON.parse(text);
        for (const [name, member] of Object.entries(parsed)) {
          const source = jsonSource(text, [name]) ?? "nothing";
          expect(JSON.parse(source)).toEqual(member);
          expect(source).toBe(source.trim());
          const items = jsonItemSources(source).map((item): unknown => JSON.parse(item));
          expect(items).toEqual(Array.isArray(member) ? member : []);
        }
      }),
    );
  });

  test("is found however deep the text nests, and in a moment", () => {
    const deep = `{"a":${"[".repeat(200_000)}${"]".repeat(200_000)},"b":1}`;
    expect(jsonSource(deep, ["b"])).toBe("1");
  });
});
