import * as fc from "fast-check";
import { expect, test } from "vitest";
import { WholeCharacters } from "../src/whole-characters.js";

/** The first half of a pair, with nothing behind it. */
const endsInHalf = /[\ud800-\udbff]$/;

test("a character that arrives in halves leaves whole", () => {
  const characters = new WholeCharacters();
  expect(["a\ud83d", "\ude00b"].map((piece) => characters.push(piece))).toEqual(["a", "😀b"]);
  expect(characters.end()).toBe("");
});

test("a half that nothing follows comes out at the end", () => {
  const characters = new WholeCharacters();
  expect(characters.push("a\ud83d")).toBe("a");
  expect(characters.end()).toBe("\ud83d");
});

test("however a text is cut, it leaves whole and as well-formed as it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const characters = new WholeCharacters();
      const pieces = Array.from({ length: text.length }, (_, index) => characters.push(text.charAt(index)));
      expect(pieces.every((piece) => !endsInHalf.test(piece))).toBe(true);
      expect(pieces.join("") + characters.end()).toBe(text);
    }),
  );
});
