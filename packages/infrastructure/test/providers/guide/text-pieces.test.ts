import { assert, integer, property, string } from "fast-check";
import { expect, test } from "vitest";
import { textPieces } from "../../../src/providers/guide/text-pieces.js";

test("Pieces add up to the text, and none is empty", () => {
  assert(
    property(string({ unit: "grapheme", maxLength: 400 }), integer({ min: 1, max: 80 }), (text, width) => {
      const pieces = textPieces(text, width);
      expect(pieces.join("")).toBe(text);
      expect(pieces).not.toContain("");
    }),
  );
});

test("A long line is cut between words, and a line break ends a piece", () => {
  expect(textPieces("one two three\nfour", 8)).toEqual(["one two ", "three\n", "four"]);
});
