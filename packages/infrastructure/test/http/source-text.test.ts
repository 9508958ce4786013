import { expect, test } from "vitest";
import { SourceText } from "../../src/http/source-text.js";

const source = SourceText.of('{ "calls": [ {"args" : { "n": 1.0 }}, 5 ], "calls2": "[1]" }');

test("the source of a member and of an item is what stands in the text", () => {
  const calls = source.member("calls");
  expect(calls.text).toBe('[ {"args" : { "n": 1.0 }}, 5 ]');
  expect(calls.item(0).member("args").text).toBe('{ "n": 1.0 }');
  expect(calls.item(0).member("args").member("n").text).toBe("1.0");
  expect(calls.item(1).text).toBe("5");
});

test("what is not there has no source, however deep one looks", () => {
  expect(source.member("nope").text).toBeUndefined();
  expect(source.member("nope").member("deeper").item(0).text).toBeUndefined();
  expect(source.member("calls").item(2).text).toBeUndefined();
  expect(source.member("calls").item(1).member("args").text).toBeUndefined();
  expect(source.member("calls2").item(0).text).toBeUndefined();
  expect(source.item(0).text).toBeUndefined();
  expect(SourceText.none.member("a").item(0).text).toBeUndefined();
});
