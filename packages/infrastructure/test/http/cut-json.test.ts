import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCutJson } from "../../src/http/cut-json.js";

const document = fc.json({ maxDepth: 4 }).filter((text) => /^[[{]/u.test(text));

describe("a JSON document that ends early", () => {
  test("is known as one, wherever it was cut", () => {
    fc.assert(
      fc.property(document, fc.boolean(), (text, isIndented) => {
        const whole = isIndented ? JSON.stringify(JSON.parse(text), null, 2) : text;
        for (let end = 1; end < whole.length; end++) expect(readCutJson(whole.slice(0, end)), whole.slice(0, end)).toBeDefined();
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    '{"a":"\\',
    '{"a":"\\u00',
    '{"a":"\\\\',
    '{"a":"x\\"',
    '{"a":-',
    "[1e+",
    "[1.",
    "[tru",
    '{"a":n',
    '{"a"',
    '{"a":1,',
    "[",
    '["a]"',
  ])("within a text, a number or a word: %s", (text) => expect(readCutJson(text)).toBeDefined());

  test("gives the items of a list that came whole", () => {
    const text = '[ {"a": [1, "]"]},\n {"b": "}"}, 3, {"c": 4} ]';
    const seen = new Set<string | undefined>();
    for (let end = 1; end < text.length; end++) seen.add(readCutJson(text.slice(0, end))?.wholeItems);
    const lists = [...seen].map((list) => (list === undefined ? undefined : JSON.stringify(JSON.parse(list))));
    expect([...new Set(lists)]).toEqual([
      undefined,
      '[{"a":[1,"]"]}]',
      '[{"a":[1,"]"]},{"b":"}"}]',
      '[{"a":[1,"]"]},{"b":"}"},3]',
      '[{"a":[1,"]"]},{"b":"}"},3,{"c":4}]',
    ]);
    expect(readCutJson('{"a": 1, "b": {}, "c')).toEqual({});
  });
});

test.each([
  "",
  "hello",
  "<html>",
  "{{ page.title }}",
  "{{ page",
  "{error: bad gateway",
  "[error] upstream timed out",
  "[error upstream",
  '{"a": 1} and more',
  '{"a": 1]',
  "[1 2",
  '{"a" "b"',
  '{"a": 1,, ',
  "['a'",
])("what nothing could make JSON is no cut one: %s", (text) => expect(readCutJson(text)).toBeUndefined());
