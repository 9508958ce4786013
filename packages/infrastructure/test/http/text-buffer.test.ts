import * as fc from "fast-check";
import { expect, test } from "vitest";
import { TextBuffer } from "../../src/http/text-buffer.js";

test("the pieces add up to the text, however many there are", () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 20 }), fc.integer({ min: 1, max: 400 }), (pieces, times) => {
      const buffer = new TextBuffer();
      expect(buffer.isEmpty).toBe(true);
      for (let turn = 0; turn < times; turn++) for (const piece of pieces) buffer.append(piece);
      expect(buffer.toString()).toBe(pieces.join("").repeat(times));
      expect(buffer.isEmpty).toBe(pieces.length === 0);
    }),
    { numRuns: 50 },
  );
});
