import { appendFile, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { collect, userMessage } from "@chatport/domain";
import { FakeChatProvider } from "@chatport/domain/testing";
import { afterAll, describe, expect, test } from "vitest";
import { tapeFile } from "../../src/di/tape-file.js";
import { compose } from "../../src/index.js";
import { createTapeProvider, withTape } from "../../src/resilience/index.js";
import { read, request } from "../resilience/scripted-provider.js";
import { configFolders } from "../support/config-folders.js";

const folder = await realpath(await mkdtemp(join(tmpdir(), "chatport-tape-")));
afterAll(() => rm(folder, { recursive: true }));

/** Records an answer on the tape at a path, as a process does. */
async function recorded(path: string, says: string, asked = request): Promise<unknown> {
  return (await read(withTape(new FakeChatProvider(says), { mode: "record", name: "t", tape: tapeFile(path) }).stream(asked))).error;
}

test("a line that an earlier process did not finish does not run into the next", async () => {
  const path = join(folder, "torn.jsonl");
  await recorded(path, "one");
  await appendFile(path, '{"type":"ca');
  const other = { messages: [userMessage("other")] };
  expect(await recorded(path, "two", other)).toBeUndefined();
  const replaying = createTapeProvider({ tape: tapeFile(path) });
  expect((await collect(replaying.stream(request))).text).toBe("one");
  expect((await collect(replaying.stream(other))).text).toBe("two");
});

test("what cannot be a tape is told with its path, and nothing there is touched", async () => {
  const path = join(folder, "folder-in-its-place");
  await mkdir(join(path, "kept"), { recursive: true });
  expect(await recorded(path, "yes")).toMatchObject({
    code: "unavailable",
    provider: "t",
    message: `The tape ${path} cannot be read: it is not a file.`,
  });
  const below = join(folder, "torn.jsonl", "below.jsonl");
  expect(await recorded(below, "yes")).toMatchObject({ code: "unavailable", message: expect.stringMatching(/cannot be read: ENOTDIR/u) });
});

test("a configured tape that is none is told by its own name", async () => {
  const path = join(folder, "notes.txt");
  await writeFile(path, "my notes");
  await using folders = await configFolders();
  const up = '[providers.up]\ntype = "openai-compatible"\nmodel = "m"\nbaseUrl = "http://127.0.0.1:9/v1"\n';
  const tape = `[providers.t]\ntype = "tape"\nprovider = "up"\nmode = "record"\nfile = ${JSON.stringify(path)}\n`;
  await folders.user(`provider = "t"\n${up}${tape}`);
  const { provider } = compose(await folders.load());
  expect((await read(provider.stream(request))).error).toMatchObject({ code: "malformed", provider: "t" });
  expect(await readFile(path, "utf8")).toBe("my notes");
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
    await expect(tapeFile(relative(process.cwd(), folder)).read()).rejects.toThrow("it is not a file");
  });
});
