import { spawnSync } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { builtInTypes } from "../../src/config/configuration-schema.js";
import { ConfigException, isConfigException, type LoadOptions } from "../../src/config/index.js";
import { validate } from "../../src/config/validate.js";
import { builtInRegistry } from "../../src/di/built-in-providers.js";
import { openAIProviderSchema } from "../../src/providers/openai/openai-config.js";
import { configFolders } from "../support/config-folders.js";

const canary = "sk-canary-7f3a";

async function mistake(toml: string | Uint8Array, options: LoadOptions = {}): Promise<ConfigException> {
  await using folders = await configFolders();
  await folders.project(toml);
  const error: unknown = await folders.load(options).catch((thrown: unknown) => thrown);
  if (!isConfigException(error)) throw new Error("The mistake was not noticed.", { cause: error });
  return error;
}

describe("a mistake is told with its place, what was expected, and the nearest valid name", () => {
  test.each<[string, string, Partial<ConfigException>]>([
    ["provider = work", "./chatport.toml:1:12: This is not TOML: invalid value.", { code: "syntax", line: 1, column: 12 }],
    ['\n[providers.x]\ntype = "guide', "./chatport.toml:3:8: This is not TOML: unfinished string.", { code: "syntax", line: 3 }],
    ["a = 1\na = 2", "./chatport.toml:2:1: This is not TOML: trying to redefine an already defined table or value.", { code: "syntax" }],
    ["[__proto__]\npolluted = true", "./chatport.toml:1:2: This is not TOML: document contains an unsafe property.", { code: "syntax" }],
    [
      '[providers.x]\ntype = "guide"\n[constructor.prototype]',
      "./chatport.toml:3:2: This is not TOML: document contains an unsafe property.",
      { code: "syntax" },
    ],
    [
      'provder = "x"',
      './chatport.toml:1: There is no setting "provder" at the top of the configuration. Did you mean "provider"?',
      { code: "unknown-key", key: "provder", nearest: "provider" },
    ],
    [
      "colour = 1",
      './chatport.toml:1: There is no setting "colour" at the top of the configuration. There is provider, plugins, providers.',
      { code: "unknown-key" },
    ],
    [
      "provider = 3",
      './chatport.toml:1: "provider" has a value that does not fit. Expected the name of a provider.',
      { code: "invalid-value", key: "provider", expected: "string" },
    ],
    [
      '[provider.work]\ntype = "openai"',
      './chatport.toml:1: There is no table [provider.work]: the tables of providers are called [providers.NAME]. Did you mean "[providers.work]"?',
      { code: "unknown-key", key: "provider.work", nearest: "[providers.work]", expected: "[providers.NAME]" },
    ],
    [
      '[provider."my own".deadlines]\nidleMs = 1',
      './chatport.toml:1: There is no table [provider."my own"]: the tables of providers are called [providers.NAME]. Did you mean "[providers."my own"]"?',
      { code: "unknown-key" },
    ],
    [
      '[provider]\ntype = "openai"',
      "./chatport.toml:1: There is no table [provider]: the tables of providers are called [providers.NAME].",
      { code: "unknown-key", key: "provider" },
    ],
    [
      '\n[work]\ntype = "openai"',
      './chatport.toml:2: There is no table [work]: the tables of providers are called [providers.NAME]. Did you mean "[providers.work]"?',
      { code: "unknown-key", key: "work", nearest: "[providers.work]" },
    ],
    [
      "providers = 3",
      './chatport.toml:1: "providers" has a value that does not fit. Expected tables: [providers.NAME].',
      { code: "invalid-value" },
    ],
    [
      '[providers]\nx = "openai"',
      './chatport.toml:2: "providers.x" has a value that does not fit. Expected a table: [providers.NAME].',
      { code: "invalid-value" },
    ],
    [
      '[providers."my own"]\nmodel = "m"',
      './chatport.toml:1: "providers."my own".type" is missing. Expected the provider\'s type, in quotes: one of openai, openai-compatible, azure-openai, anthropic, gemini, ollama, guide, fallback, routing, tape.',
      { code: "missing-value" },
    ],
    [
      'provider = "wrok"\n[providers.work]\ntype = "guide"',
      './chatport.toml:1: There is no provider "wrok"; there is work, guide, openai, anthropic, gemini. Did you mean "work"?',
      { code: "unknown-provider", nearest: "work", expected: "one of work, guide, openai, anthropic, gemini" },
    ],
    [
      '[providers.a]\ntype = "guide"\n[providers.b]\ntype = "guide"',
      './chatport.toml:1: Several providers are configured (a, b) and none is chosen: add provider = "a" at the top, set CHATPORT_PROVIDER, or use --provider.',
      { code: "missing-value" },
    ],
  ])("%j", async (toml, message, facts) => {
    const exception = await mistake(toml);
    expect(exception.message).toBe(message);
    expect(exception).toMatchObject({ ...facts, file: "./chatport.toml" });
  });

  test("a wrong name in a variable or a flag names the variable or the flag", async () => {
    expect((await mistake("", { env: { CHATPORT_PROVIDER: "guied" } })).message).toBe(
      'CHATPORT_PROVIDER: There is no provider "guied"; there is guide, openai, anthropic, gemini. Did you mean "guide"?',
    );
    expect((await mistake("", { flags: { provider: "local" } })).message).toBe(
      '--provider: There is no provider "local"; there is guide, openai, anthropic, gemini.',
    );
  });
});

describe("of many providers no sentence lists the names", () => {
  const many = Array.from({ length: 12 }, (_, index) => `[providers.number${index}]\ntype = "guide"\n`).join("");

  test("where a wrong one is chosen", async () => {
    const { message, expected } = await mistake(`provider = "numbr7"\n${many}`);
    expect(message).toBe(
      './chatport.toml:1: There is no provider "numbr7"; "chatport providers" lists the configured ones. Did you mean "number7"?',
    );
    expect(expected).toBe("the name of a provider");
  });

  test("where none is chosen", async () => {
    expect((await mistake(many)).message).toMatch(
      /^\.\/chatport\.toml:1: Several providers are configured \(12, which "chatport providers" lists\) and none is chosen/,
    );
  });
});

describe("a file that cannot be used", () => {
  test("is too large", async () => {
    expect((await mistake(`# ${"x".repeat(1024 * 1024)}`)).message).toBe("./chatport.toml: The file has more than 1 MiB.");
  });

  test("is not text", async () => {
    expect((await mistake(new Uint8Array([0x61, 0xff, 0xfe]))).message).toBe("./chatport.toml: The file is not UTF-8 text.");
  });

  test("is a folder", async () => {
    await using folders = await configFolders();
    await mkdir(join(folders.cwd, "chatport.toml"));
    await expect(folders.load()).rejects.toMatchObject({
      code: "unreadable",
      file: "./chatport.toml",
      message: "./chatport.toml: This is not a file.",
    });
  });

  test("is a pipe, which would block", async ({ skip }) => {
    await using folders = await configFolders();
    const { error } = spawnSync("mkfifo", [join(folders.cwd, "chatport.toml")]);
    if (error !== undefined) skip("Node cannot make a pipe in a folder, and this machine has no mkfifo.");
    await expect(folders.load()).rejects.toMatchObject({ message: "./chatport.toml: This is not a file." });
  });

  test("was named and is not there", async () => {
    await using folders = await configFolders();
    await expect(folders.load({ flags: { config: "gone.toml" } })).rejects.toMatchObject({
      code: "unreadable",
      message: "gone.toml: The file cannot be read (there is none).",
    });
  });
});

test("the types that a mistake names are the ones that there are", () => {
  expect(builtInTypes).toEqual(builtInRegistry().types);
});

test("a wrong name in a table of free names is told as a wrong name", () => {
  const table = { type: "openai", headers: { "bad header": "x" } };
  const context = { originOf: () => ({ kind: "default" }) as const, path: ["providers", "work"] };
  expect(() => validate(openAIProviderSchema, table, context)).toThrow(
    `"providers.work.headers."bad header"" has a name that does not fit. Expected a header's name (RFC 9110, section 5.6.2).`,
  );
});

test.each([
  `apiKey = ${canary}`,
  `[providers.x]\ntype = "openai"\napiKey = "${canary}`,
  `[providers.x]\ntype = "openai"\napiKey = "${canary}" x`,
  `provider = ["${canary}"]`,
  `[providers]\nx = "${canary}"`,
  `[providers.x]\ntype = ["${canary}"]`,
])("no mistake shows a value, which may be a key: %#", async (toml) => {
  const exception = await mistake(toml);
  expect(inspect(exception, { depth: 10, showHidden: true }) + JSON.stringify(exception)).not.toContain(canary);
});

test("nothing in a file reaches a prototype", async () => {
  await mistake('[providers.x.__proto__]\npolluted = "yes"\ntype = "guide"');
  await mistake('providers = { x = { type = "guide", "__proto__" = { polluted = "yes" } } }');
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

test("an exception is recognised by its mark, whichever copy of the package threw it", () => {
  expect(isConfigException(new ConfigException("syntax", "x"))).toBe(true);
  expect(isConfigException(new Error("x"))).toBe(false);
});
