/**
 * Turns Chatport's manual (docs/*.md) into the module that the guide answers from:
 *
 *   node scripts/build-manual.ts [documents folder] [module to write]
 *
 * A section is what stands under one heading, up to the next. A comment `<!-- also: words -->` in a section names other words that readers ask with.
 * Node 24 runs this file as it is.
 */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { Lexer, type Token, type Tokens } from "marked";
import type { ManualSection } from "../src/providers/guide/manual-section.js";

const [
  documents = resolve(import.meta.dirname, "../../../docs"),
  output = resolve(import.meta.dirname, "../src/providers/guide/manual.generated.ts"),
] = process.argv.slice(2);

const files = (await readdir(documents)).filter((file) => file.endsWith(".md")).toSorted();
const sections = (
  await Promise.all(files.map(async (file) => sectionsOf(basename(file, ".md"), await readFile(join(documents, file), "utf8"))))
).flat();
if (sections.length === 0) throw new Error(`No sections found in ${documents}: the guide would have nothing to answer from.`);
checkUnique(sections);
await mkdir(dirname(output), { recursive: true });
await writeFile(output, moduleOf(sections));

function sectionsOf(document: string, markdown: string): ManualSection[] {
  const found: ManualSection[] = [];
  const above: string[] = [];
  let tokens: Token[] = [];
  const finish = (): void => {
    const title = above.at(-1);
    const section = title === undefined ? undefined : sectionOf(document, above, title, tokens);
    if (section !== undefined) found.push(section);
    tokens = [];
  };
  for (const token of new Lexer().lex(markdown)) {
    if (isHeading(token)) {
      finish();
      above.splice(token.depth - 1, Infinity, plainText(token));
    } else {
      tokens.push(token);
    }
  }
  finish();
  return found;
}

/** Undefined for a heading with nothing of its own below it. */
function sectionOf(document: string, above: readonly string[], title: string, tokens: readonly Token[]): ManualSection | undefined {
  const comments = tokens.flatMap((token) => commentOf(token) ?? []);
  const body = tokens
    .filter((token) => token.type !== "space" && commentOf(token) === undefined)
    .map((token) => token.raw.replace(/^\n+|\n+$/g, ""))
    .join("\n\n");
  if (body === "") return undefined;
  return { id: `${document}#${slug(title)}`, title, path: above.join(" > "), body, keywords: comments.join(" ") };
}

function isHeading(token: Token): token is Tokens.Heading {
  return token.type === "heading";
}

/** A heading's words, without the marks of code and emphasis. */
function plainText(token: Token): string {
  const children = "tokens" in token ? token.tokens : undefined;
  if (children !== undefined) return children.map(plainText).join("");
  return "text" in token && typeof token.text === "string" ? token.text : token.raw;
}

function commentOf(token: Token): string | undefined {
  return token.type === "html" ? /^<!-- also: (.*?) -->\s*$/s.exec(token.raw)?.[1] : undefined;
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}

function checkUnique(all: readonly ManualSection[]): void {
  const seen = new Set<string>();
  for (const { id } of all) {
    if (seen.has(id)) throw new Error(`Two sections are called ${id}: give one of them another heading.`);
    seen.add(id);
  }
}

function moduleOf(all: readonly ManualSection[]): string {
  return [
    "// Written by scripts/build-manual.ts from docs/*.md; changes belong there.",
    'import type { ManualSection } from "./manual-section.js";',
    "",
    `export const manual: readonly ManualSection[] = ${JSON.stringify(all, undefined, 2)};`,
    "",
  ].join("\n");
}
