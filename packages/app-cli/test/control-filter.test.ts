import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ControlFilter, singleLine } from "../src/control-filter.js";

const esc = "\u001b";

function filtered(...pieces: readonly string[]): string {
  const filter = new ControlFilter();
  return pieces.map((piece) => filter.push(piece)).join("");
}

describe("ControlFilter", () => {
  test.each([
    ["plain text with newline and tab", "a\n\tb é 漢 😀", "a\n\tb é 漢 😀"],
    ["colours", `${esc}[1;31mred${esc}[0m`, "red"],
    ["cursor movement and clearing", `x${esc}[2J${esc}[1;1Hy`, "xy"],
    ["a clipboard write ended by BEL", `a${esc}]52;c;aGk=\u0007b`, "ab"],
    ["a clipboard write ended by ST", `a${esc}]52;c;aGk=${esc}\\b`, "ab"],
    ["a title in its 8-bit form", "a\u009d0;title\u009cb", "ab"],
    ["CSI in its 8-bit form", "a\u009b31mb", "ab"],
    ["device control and other strings", `a${esc}Pq#0${esc}\\b${esc}_x${esc}\\c${esc}^y${esc}\\d${esc}Xz${esc}\\e`, "abcde"],
    ["character set switches", `${esc}(0lqk${esc}(B`, "lqk"],
    ["a reset", `a${esc}cb`, "ab"],
    ["single controls: bell, backspace, carriage return, delete", "a\u0007b\bc\rd\u007fe\u0000f", "abcdef"],
    ["CRLF", "a\r\nb", "a\nb"],
    ["bidirectional overrides", "a\u202eb\u2066c\u2069d", "abcd"],
    ["a string that never ends hides no more than its line", `a${esc}]52;c;aGk=\nb`, "a\nb"],
    ["a sequence that another one breaks off", `${esc}]0;t${esc}[31mred`, "red"],
    ["a sequence that text breaks off", `${esc}[31é`, "é"],
    ["an escape at the end", `a${esc}`, "a"],
  ])("%s", (_name, text, expected) => {
    expect(filtered(text)).toBe(expected);
  });

  const hostile = fc.string({
    unit: fc.oneof(
      fc.constantFrom(
        esc,
        "[",
        "]",
        "P",
        "\\",
        ";",
        "0",
        "m",
        "\n",
        "\u0007",
        "\u009b",
        "\u009d",
        "\u009c",
        "\u0018",
        " ",
        "(",
        "a",
        "é",
        "😀",
        "\r",
      ),
      fc.string({ minLength: 1, maxLength: 1, unit: "binary" }),
    ),
    maxLength: 60,
  });

  test("however the text is cut, the same is shown", () => {
    fc.assert(
      fc.property(hostile, fc.array(fc.nat(60)), (text, cuts) => {
        const places = [0, ...cuts.filter((cut) => cut < text.length).toSorted((a, b) => a - b), text.length];
        const pieces = places.slice(1).map((end, index) => text.slice(places[index], end));
        expect(filtered(...pieces)).toBe(filtered(text));
        // Unit by unit: halves of a surrogate pair too.
        expect(filtered(...Array.from({ length: text.length }, (_, index) => text.charAt(index)))).toBe(filtered(text));
      }),
    );
  });

  test("nothing that a terminal would obey is ever left", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        // oxlint-disable-next-line no-control-regex
        expect(filtered(text)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });
});

test("singleLine makes one safe line of a server's words", () => {
  expect(singleLine(` no\r\n such${esc}[31m model\u0007 `)).toBe("no such model");
});
