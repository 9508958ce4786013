import { appendFile, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { tapeFile } from "../../src/di/tape-file.js";

const folder = await realpath(await mkdtemp(join(tmpdir(), "chatport-tape-")));
afterAll(() => rm(folder, { recursive: true }));

test("a line that an earlier process did not finish does not run into the next", async () => {
  const path = join(folder, "torn.jsonl");
  await tapeFile(path).append('{"whole":1}\n');
  await appendFile(path, '{"to');
  const again = tapeFile(path);
  await again.append('{"whole":2}\n');
  await again.append('{"whole":3}\n');
  expect(await readFile(path, "utf8")).toBe('{"whole":1}\n{"whole":2}\n{"whole":3}\n');
});

test("a last line that lost its line break alone is kept", async () => {
  const path = join(folder, "edited.jsonl");
  await writeFile(path, '{"whole":1}');
  await tapeFile(path).append('{"whole":2}\n');
  expect(await readFile(path, "utf8")).toBe('{"whole":1}\n{"whole":2}\n');
});

// Links need rights on Windows that few have.
describe.skipIf(process.platform === "win32")("a relative path, whose folder may be somebody else's,", () => {
  /** As one would write it in a configuration file: from the working folder. */
  const fromHere = (...steps: readonly string[]): string => relative(process.cwd(), join(folder, ...steps));

  test("is found, with folders that are made", async () => {
    await tapeFile(fromHere("new", "deep", "tape.jsonl")).append("1\n");
    expect(await tapeFile(join(folder, "new", "deep", "tape.jsonl")).read()).toBe("1\n");
    expect(await tapeFile(fromHere("gone", "tape.jsonl")).read()).toBe("");
  });

  test.each([
    ["a link to a file", "to-file.jsonl"],
    ["a link to a file that is not there yet", "to-nothing.jsonl"],
    ["a file below a link to a folder", "to-folder/tape.jsonl"],
    ["a new folder below a link to a folder", "to-folder/new/tape.jsonl"],
  ])("does not lead out of it: %s is neither read nor written", async (_what, path) => {
    const home = join(folder, "home");
    const work = await mkdtemp(join(folder, "work-"));
    await mkdir(home, { recursive: true });
    for (const name of ["secret", "tape.jsonl"]) await writeFile(join(home, name), "mine");
    await symlink(join(home, "secret"), join(work, "to-file.jsonl"));
    await symlink(join(home, "nothing"), join(work, "to-nothing.jsonl"));
    await symlink(home, join(work, "to-folder"));
    const tape = tapeFile(relative(process.cwd(), join(work, path)));
    await expect(tape.read()).rejects.toThrow("link");
    await expect(tape.append("1\n")).rejects.toThrow("link");
    expect(await readFile(join(home, "secret"), "utf8")).toBe("mine");
    expect(await readFile(join(home, "tape.jsonl"), "utf8")).toBe("mine");
    await expect(readFile(join(home, "nothing"))).rejects.toMatchObject({ code: "ENOENT" });
    await expect(readFile(join(home, "new", "tape.jsonl"))).rejects.toMatchObject({ code: "ENOENT" });
    // Who writes the whole path has chosen the link.
    expect(await tapeFile(join(work, "to-file.jsonl")).read()).toBe("mine");
  });

  test("is a file, and neither a folder nor a pipe", async () => {
    await expect(tapeFile(relative(process.cwd(), folder)).read()).rejects.toThrow("is not a file");
  });
});
