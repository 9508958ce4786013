import { Secret } from "@chatport/domain";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRedactor } from "../../src/http/redaction.js";

const redactorOf = (...values: readonly string[]) => createRedactor(values.map((value) => new Secret(value)));
const secret = 'sk-test "a/b+c&d\\ü';

describe("a secret is found", () => {
  test.each([
    ["as it is", `key ${secret}.`],
    ["in JSON", JSON.stringify({ key: secret })],
    ["in JSON inside JSON", JSON.stringify(JSON.stringify({ key: secret }))],
    ["in ASCII-only JSON", '{"key":"sk-test \\"a/b+c&d\\\\\\u00fc"}'],
    ["in JSON with escaped slashes", '{"key":"sk-test \\"a\\/b+c&d\\\\ü"}'],
    ["in a URL", `https://host/?key=${encodeURIComponent(secret)}&x=1`],
    ["in a URL with small hexadecimals", `?key=${encodeURIComponent(secret).replaceAll(/%../g, (octet) => octet.toLowerCase())}`],
    ["in a form", `key=${encodeURIComponent(secret).replaceAll("%20", "+")}`],
    ["in HTML", "<p>sk-test &quot;a/b+c&amp;d\\ü</p>"],
  ])("%s", (_name, text) => {
    const shown = redactorOf(secret)(text);
    expect(shown).toContain("[redacted]");
    expect(shown).not.toMatch(/sk-test|c&|c%26/);
  });

  test.each([0, 1, 2])("in base64, %i bytes into a group", (offset) => {
    const bytes = Buffer.from(`${"u".repeat(offset)}${secret}:rest`, "utf8");
    for (const encoding of ["base64", "base64url"] as const) {
      const shown = redactorOf(secret)(`Basic ${bytes.toString(encoding)}`);
      const left = shown.replace("[redacted]", "").length;
      expect(shown).toContain("[redacted]");
      expect(left).toBeLessThan("Basic ".length + 14);
    }
  });

  test("every time it occurs", () => {
    expect(redactorOf("sk-test-1")("sk-test-1 sk-test-1,sk-test-1")).toBe("[redacted] [redacted],[redacted]");
  });

  test("where the text was cut in the middle of it", () => {
    expect(redactorOf("sk-test-0123456789")("Bad key sk-test-012345")).toBe("Bad key [redacted]");
    expect(redactorOf("sk-test-0123456789")("Bad key sk-")).toBe("Bad key sk-");
  });

  test("though the configured value has a line break at its end", () => {
    expect(redactorOf("sk-test-1\n")("Bad key sk-test-1.")).toBe("Bad key [redacted].");
  });
});

describe("several secrets", () => {
  test("may be as short and as odd as a developer's own", () => {
    expect(createRedactor([new Secret("a-b"), new Secret("x/y"), new Secret("$.")])("a-b, x/y and $. but not aa-b")).toBe(
      "[redacted], [redacted] and [redacted] but not aa-b",
    );
  });

  test("are all found, the longer before the shorter that it contains", () => {
    expect(redactorOf("sk-test", "sk-test-long", "other-key")("sk-test-long sk-test other-key")).toBe("[redacted] [redacted] [redacted]");
  });

  test("that overlap themselves leave nothing", () => {
    expect(redactorOf("abab")("xababab")).toBe("x[redacted]");
  });

  test("that overlap leave nothing between them", () => {
    expect(redactorOf("abcdef", "defghi")("<abcdefghi>")).toBe("<[redacted]>");
  });

  test("of any kind never show, wherever they stand", () => {
    const secrets = fc.array(fc.string({ unit: "grapheme", minLength: 4, maxLength: 12 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(secrets, fc.string(), fc.string(), (values, before, after) => {
        // A secret made of the placeholder's own letters is bound to show.
        fc.pre(values.every((value) => !"[redacted][redacted]".includes(value.trim()) && value.trim() !== ""));
        const shown = redactorOf(...values)(before + values.join(after) + after);
        for (const value of values) expect(shown.split("[redacted]").some((piece) => piece.includes(value))).toBe(false);
      }),
    );
  });
});

describe("what is no secret stays", () => {
  test("a secret of fewer than four characters inside a word", () => {
    expect(redactorOf("key")("The key is a monkey: Bearer key")).toBe("The [redacted] is a monkey: Bearer [redacted]");
  });

  test.each([
    "Incorrect API key provided: sk-PMafP***************************************E873.",
    "Authorization: Bearer sk-PMafP01234567890*****E873",
    "Use an Authorization header with Bearer authentication (Authorization: Bearer YOUR_OPENAI_API_KEY).",
    "",
  ])("%j", (text) => {
    expect(redactorOf("sk-test-1")(text)).toBe(text);
  });

  test("everything, when there is no secret or an empty one", () => {
    expect(redactorOf()("abc")).toBe("abc");
    expect(redactorOf("", " ")("a b c")).toBe("a b c");
  });
});

test("another's token behind Bearer goes too", () => {
  expect(redactorOf()("sent authorization: Bearer eyJhbGciOiJIUzI1NiJ9.e30.abc_-1== upstream")).toBe(
    "sent authorization: Bearer [redacted] upstream",
  );
});
