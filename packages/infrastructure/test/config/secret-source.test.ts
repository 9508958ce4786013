import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { Origin } from "../../src/config/index.js";
import { type ConfigFolders, configFolders } from "../support/config-folders.js";

const canary = "sk-canary-7f3a";

async function find(folders: ConfigFolders, reference: string, env: Record<string, string> = {}, scope: "user" | "project" = "user") {
  const { secrets } = await folders.load({ env: { PATH: process.env["PATH"], ...env } });
  const origin: Origin = { kind: "file", file: "./chatport.toml", folder: folders.cwd, line: 3, scope };
  return secrets.find(reference, { origin, provider: "work", key: "providers.work.apiKey" });
}

/** A reference to what a script prints. Node is the one program that is there on every machine. */
const script = (code: string): string => `command:${JSON.stringify([process.execPath, "-e", code])}`;
const print = (text: string): string => script(`process.stdout.write(${JSON.stringify(text)})`);

describe("a reference leads to a key", () => {
  test("in an environment variable", async () => {
    await using folders = await configFolders();
    const { secret, warning } = await find(folders, "env:WORK_KEY", { WORK_KEY: canary });
    expect(secret.reveal()).toBe(canary);
    expect(warning).toBeUndefined();
    expect(inspect(secret)).not.toContain(canary);
  });

  test("in a file, without its last line break, relative to the configuration file or below ~", async () => {
    await using folders = await configFolders();
    await folders.file("keys/one", `${canary}\n`, 0o600);
    await folders.file("../home/two", `${canary}\r\n`, 0o600);
    for (const reference of ["file:keys/one", "file:~/two"]) {
      const { secret, warning } = await find(folders, reference);
      expect(secret.reveal()).toBe(canary);
      expect(warning).toBeUndefined();
    }
  });

  test("in a file that others can read, with a warning", async () => {
    await using folders = await configFolders();
    await folders.file("key", canary, 0o644);
    expect((await find(folders, "file:key")).warning).toBe("Others on this machine can read the key in key: run chmod 600 on it.");
  });

  test("in what a command prints", async () => {
    await using folders = await configFolders();
    expect((await find(folders, print(`${canary}\n`))).secret.reveal()).toBe(canary);
  });
});

describe("a reference that leads nowhere says why, and where it stands", () => {
  const start = './chatport.toml:3: No key for the provider "work": ';
  test.each([
    ["env:WORK_KEY", `${start}the environment variable WORK_KEY is not set.`],
    ["env:EMPTY", `${start}the environment variable EMPTY is not set.`],
    ["env:", `${start}"env:" wants the name of an environment variable after it.`],
    [`env:${canary}`, `${start}"env:" wants the name of an environment variable after it.`],
    ["env:MULTI", `${start}the environment variable MULTI holds more than a key: a space, a line break, or letters that no key has.`],
    ["env:SPACED", `${start}the environment variable SPACED holds more than a key: a space, a line break, or letters that no key has.`],
    ["env:PADDED", `${start}the environment variable PADDED holds more than a key: a space, a line break, or letters that no key has.`],
    ["file:", `${start}"file:" wants a path after it.`],
    ["file:gone", `${start}the file gone cannot be read (ENOENT).`],
    ["file:.", `${start}the file . cannot be read (EISDIR).`],
    ["file:empty", `${start}the file empty is empty.`],
    ["file:large", `${start}the file large is too large to be a key.`],
    ["command:pass show x", `${start}"command:" wants a JSON array of strings after it, as in 'command:["pass", "show", "openai"]'.`],
    ['command:["chatport-no-such-program"]', `${start}the command chatport-no-such-program failed (ENOENT).`],
    [script("process.exit(3)"), `${start}the command ${process.execPath} ended with exit code 3.`],
    [script('process.stdout.write("x".repeat(70_000))'), `${start}the command ${process.execPath} failed (ENOBUFS).`],
    [script(""), `${start}the command ${process.execPath} is empty.`],
  ])("%s", async (reference, message) => {
    await using folders = await configFolders();
    await folders.file("empty", "\n", 0o600);
    await folders.file("large", "x".repeat(70_000), 0o600);
    const env = { EMPTY: "", MULTI: `${canary}\n${canary}`, SPACED: "sk canary", PADDED: `${canary} ` };
    await expect(find(folders, reference, env)).rejects.toMatchObject({
      code: "secret",
      message,
      line: 3,
      provider: "work",
    });
  });

  test("the missing variable is named for programs, too", async () => {
    await using folders = await configFolders();
    await expect(find(folders, "env:WORK_KEY")).rejects.toMatchObject({ variable: "WORK_KEY" });
  });

  test.each([
    "$OPENAI_API_KEY",
    "${OPENAI_API_KEY}",
    "OPENAI_API_KEY",
    "%OPENAI_API_KEY%",
    "$env:OPENAI_API_KEY",
    "process.env.OPENAI_API_KEY",
    " env:OPENAI_API_KEY",
    "ENV:OPENAI_API_KEY",
  ])("the name of a variable in another notation is told with the right one: %j", async (reference) => {
    await using folders = await configFolders();
    await expect(find(folders, reference, { OPENAI_API_KEY: canary })).rejects.toMatchObject({
      code: "literal-secret",
      nearest: "env:OPENAI_API_KEY",
      message:
        './chatport.toml:3: "providers.work.apiKey" holds no reference to a key: one in an environment variable is written "env:NAME". Did you mean "env:OPENAI_API_KEY"?',
    });
  });

  test.each(["$hunter2horse", "AKIAIOSFODNN7EXAMPLE", "$AKIAIOSFODNN7EXAMPLE", "CORRECT_HORSE", "$5K2XQ9"])(
    "what may be a key is not repeated as a variable's name: %s",
    async (reference) => {
      await using folders = await configFolders();
      const error: unknown = await find(folders, reference).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: "literal-secret", message: expect.stringContaining("holds the key itself") });
      expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(reference.replace("$", ""));
    },
  );

  test("a key that stands in the file itself is refused, with advice, and not repeated", async () => {
    await using folders = await configFolders();
    const error: unknown = await find(folders, canary).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "literal-secret", line: 3 });
    expect(String(error)).toContain('write "env:NAME"');
    expect(inspect(error)).not.toContain(canary);
  });

  test("a command in a project file is not run", async () => {
    await using folders = await configFolders();
    await expect(find(folders, print(canary), {}, "project")).rejects.toMatchObject({ code: "untrusted" });
  });
});
