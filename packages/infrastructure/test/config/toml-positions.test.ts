import * as fc from "fast-check";
import { parse, stringify } from "smol-toml";
import { describe, expect, test } from "vitest";
import { type KeyPath, tomlPositions } from "../../src/config/toml-positions.js";

describe("the line of a key", () => {
  const document = [
    "# provider = 1",
    'provider = "work" # not a = key',
    "",
    "[providers.work] # type = 9",
    'type = "openai"',
    "text = '''",
    'type = "no"',
    "[providers.no]",
    "'''",
    'deadlines = { idleMs = 1, "total \\"Ms" = 2,',
    "  nested = { x = [ # ]",
    "    1, 'a]', [2] ] } }",
    'multi = """',
    'quote " and \\""" and ""',
    'key = 1"""""',
    "after.dotted . 'q.x' = 1979-05-27 07:32:00",
    "[providers.\"sp ace\".'a.b']",
    "\ttabbed\t=\ttrue",
    "[[list]]",
    "a = 1",
    "[[list]]",
    "a = 2",
    "[list.sub]",
    "b = 3",
    "[[list.more]]",
    "c = 4",
  ].join("\n");
  const lineOf = tomlPositions(document);

  test.each<[KeyPath, number | undefined]>([
    [["provider"], 2],
    [["providers"], 4],
    [["providers", "work"], 4],
    [["providers", "work", "type"], 5],
    [["providers", "work", "text"], 6],
    [["providers", "work", "deadlines"], 10],
    [["providers", "work", "deadlines", 'total "Ms'], 10],
    [["providers", "work", "deadlines", "nested", "x"], 11],
    [["providers", "work", "deadlines", "nested", "x", 1], 12],
    [["providers", "work", "deadlines", "nested", "x", 2, 0], 12],
    [["providers", "work", "multi"], 13],
    [["providers", "work", "after", "dotted", "q.x"], 16],
    [["providers", "sp ace", "a.b", "tabbed"], 18],
    [["list", 0, "a"], 20],
    [["list", 1, "a"], 22],
    [["list", 1, "sub", "b"], 24],
    [["list", 1, "more", 0, "c"], 26],
    [["providers", "work", "absent"], 4],
    [["absent"], undefined],
  ])("%j is %j", (path, line) => {
    expect(parse(document)).toBeDefined();
    expect(lineOf(path)).toBe(line);
  });

  test("counts lines that end in CRLF, and a byte order mark as nothing", () => {
    expect(tomlPositions('\uFEFFa = 1\r\nb = """x\r\ny"""\r\nc = 3\r\n')(["c"])).toBe(4);
  });

  test("holds in any document: the line of a key is the line that it is on", () => {
    const name = fc.stringMatching(/^[\w .'"[\]{}=#\\-]{1,8}$/).filter((key) => key !== "__proto__");
    const leaf = fc.oneof(fc.integer(), fc.boolean(), fc.string(), fc.array(fc.string(), { maxLength: 3 }));
    const { tree } = fc.letrec<{ tree: Record<string, unknown>; value: unknown }>((tie) => ({
      tree: fc.dictionary(name, tie("value"), { maxKeys: 5 }),
      value: fc.oneof(
        { maxDepth: 4 },
        leaf,
        tie("tree"),
        fc.array(fc.dictionary(name, leaf, { minKeys: 1, maxKeys: 3 }), { maxLength: 3 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const text = stringify(value);
        const positions = tomlPositions(text);
        const lines = text.split("\n");
        for (const [path, leafValue] of leaves(parse(text))) {
          const line = positions(path);
          // A line that holds exactly this key's value, when nothing but it is parsed.
          expect(line, `${path.join(" > ")} in\n${text}`).toBeTypeOf("number");
          const key = path.findLast((step) => typeof step === "string");
          expect(deepKeys(lines[(line ?? 0) - 1] ?? "")).toContainEqual(key);
          expect(leafValue).toBeDefined();
        }
      }),
      { numRuns: 300 },
    );
  });

  test("takes a long text in its stride", () => {
    const long = `a = """${"x\\n".repeat(300_000)}"""\nb = 1`;
    expect(tomlPositions(long)(["b"])).toBe(2);
  });
});

function* leaves(value: unknown, path: KeyPath = []): Generator<[KeyPath, unknown]> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) yield* leaves(inner, [...path, key]);
  } else if (Array.isArray(value) && value.some((item) => typeof item === "object")) {
    for (const [index, inner] of value.entries()) yield* leaves(inner, [...path, index]);
  } else yield [path, value];
}

/** All names that a single line of TOML sets. */
function deepKeys(line: string): string[] {
  const names: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if (!Array.isArray(value)) names.push(...Object.keys(value));
    Object.values(value).forEach(visit);
  };
  visit(parse(line));
  return names;
}
