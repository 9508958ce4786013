import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const run = promisify(execFile);
const script = join(import.meta.dirname, "../../../scripts/build-manual.ts");
const documents = join(import.meta.dirname, "../../../../../docs");
const generated = join(import.meta.dirname, "../../../src/providers/guide/manual.generated.ts");

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "chatport-manual-"));
  await mkdir(join(folder, "docs"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("build-manual", () => {
  test("makes a section of everything under one heading, with its path and its keywords", async () => {
    const sections = await build({
      "b.md": "# Second\n\nLast.\n",
      "a.md":
        "# First `doc`\n\nIntro.\n\n## Only subsections\n\n### Deep\n\nText.\n\n<!-- also: other words -->\n\n```sh\n# no heading\n```\n\n## Next\n\nMore.\n",
    });
    expect(sections).toEqual([
      { id: "a#first-doc", title: "First doc", path: "First doc", body: "Intro.", keywords: "" },
      {
        id: "a#deep",
        title: "Deep",
        path: "First doc > Only subsections > Deep",
        body: "Text.\n\n```sh\n# no heading\n```",
        keywords: "other words",
      },
      { id: "a#next", title: "Next", path: "First doc > Next", body: "More.", keywords: "" },
      { id: "b#second", title: "Second", path: "Second", body: "Last.", keywords: "" },
    ]);
  });

  test("refuses two headings of one name in a document", async () => {
    await expect(build({ "a.md": "# A\n\n## Same\n\nOne.\n\n## Same\n\nTwo.\n" })).rejects.toThrow("Two sections are called a#same");
  });

  test("refuses a folder without a manual", async () => {
    await expect(build({})).rejects.toThrow("No sections found");
  });

  test("has been run since the manual changed", async () => {
    const output = join(folder, "manual.ts");
    await run(process.execPath, [script, documents, output]);
    expect(await readFile(generated, "utf8")).toBe(await readFile(output, "utf8"));
  });
});

async function build(files: Readonly<Record<string, string>>): Promise<unknown> {
  for (const [name, markdown] of Object.entries(files)) await writeFile(join(folder, "docs", name), markdown);
  const output = join(folder, "manual.ts");
  await run(process.execPath, [script, join(folder, "docs"), output]);
  // The module is data: what is between its first bracket and its last is JSON.
  const written = await readFile(output, "utf8");
  return JSON.parse(written.slice(written.indexOf("= [") + 2, written.lastIndexOf(";")));
}
