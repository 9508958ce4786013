import { join } from "node:path";
import type { ProviderFactory } from "@chatport/domain";
import { FakeChatProvider } from "@chatport/domain/testing";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { compose, createRegistry } from "../../src/index.js";
import type { LoadOptions } from "../../src/config/index.js";
import { type ConfigFolders, configFolders } from "../support/config-folders.js";

/** A plug-in's type that looks up every reference in its table, wherever it stands, and one of its own. */
function vault(ownReference?: string) {
  const keys: string[] = [];
  const factory: ProviderFactory = {
    type: "vault",
    configSchema: z.looseObject({ type: z.string() }),
    create(config, dependencies) {
      for (const reference of ownReference === undefined ? referencesIn(config) : [ownReference])
        keys.push(dependencies.secret(reference).reveal());
      return new FakeChatProvider("", { name: dependencies.name });
    },
  };
  return { keys, registry: createRegistry([factory]) };
}

function referencesIn(value: unknown): readonly string[] {
  if (typeof value === "string") return /^(?:env|file|command):/.test(value) ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(referencesIn) : [];
}

/** A user's folder and a project's folder, each with files of the same names that hold other keys. */
async function twoFolders(user: string): Promise<ConfigFolders> {
  const folders = await configFolders();
  await folders.user(`provider = "x"\n[providers.x]\ntype = "vault"\n${user}`);
  for (const name of ["key", "other"]) {
    await folders.file(join("..", "home", ".config", "chatport", name), `user-${name}`, 0o600);
    await folders.file(name, `project-${name}`, 0o600);
  }
  return folders;
}

async function found(folders: ConfigFolders, options: LoadOptions = {}, ownReference?: string): Promise<readonly string[]> {
  const { keys, registry } = vault(ownReference);
  await compose(await folders.load(options), { registry }).dispose();
  return keys;
}

const places = [
  ["in the table itself", 'token = "file:key"'],
  ["in a list", 'redact = ["file:key"]'],
  ["in a nested table", '[providers.x.auth]\ntoken = "file:key"'],
  ["in an inline table in a list", 'logins = [{ name = "u", auth = { token = "file:key" } }]'],
  ["in a list in a nested table", '[providers.x.auth]\ntokens = [["file:key"]]'],
] as const;

describe("a reference starts at the file that it stands in", () => {
  test.each(places)("%s, whatever an untrusted project says of the same provider", async (_where, table) => {
    await using folders = await twoFolders(table);
    await folders.untrusted('[providers.x]\nmodel = "m"\nstopSequences = ["x"]\n[providers.x.retry]\nmaxAttempts = 1');
    expect(await found(folders)).toEqual(["user-key"]);
  });

  test.each(places)("%s of a trusted project, whatever the user's own file says", async (_where, table) => {
    await using folders = await twoFolders('model = "m"\n[providers.x.auth]\nuser = "u"');
    await folders.project(`[providers.x]\n${table}`);
    expect(await found(folders)).toEqual(["project-key"]);
  });

  test("of several values of one table each its own", async () => {
    await using folders = await twoFolders('[providers.x.auth]\none = "file:key"');
    await folders.project('[providers.x.auth]\ntwo = "file:other"');
    expect(await found(folders)).toEqual(["user-key", "project-other"]);
  });

  test("of a list that takes a lower one's place: the upper file", async () => {
    await using folders = await twoFolders('redact = ["file:key", "file:other"]');
    await folders.project('[providers.x]\nredact = ["file:key"]');
    expect(await found(folders)).toEqual(["project-key"]);
  });

  test("of a factory's own making: the file that chose the provider's type", async () => {
    await using folders = await twoFolders("");
    await folders.untrusted('[providers.x]\nmodel = "m"');
    expect(await found(folders, {}, "file:key")).toEqual(["user-key"]);
  });
});

describe("one text at several places", () => {
  test("is refused where one of them is in an untrusted project: its file would choose which secret is read", async () => {
    await using folders = await twoFolders('[providers.x.auth]\ntoken = "file:key"');
    await folders.untrusted('[providers.x]\nmodel = "m"\nstopSequences = ["a", "file:key"]');
    await expect(found(folders)).rejects.toMatchObject({
      code: "untrusted",
      key: "providers.x.stopSequences.1",
      file: "./chatport.toml",
      line: 3,
      message: './chatport.toml:3: "providers.x.stopSequences.1" refers to a secret, which only a file that you trust may do.',
    });
  });

  test.each(["file:key", 'command:["cat", "key"]'])("is refused where it means another folder at each: %s", async (reference) => {
    await using folders = await twoFolders(`one = '${reference}'`);
    await folders.project(`[providers.x]\ntwo = '${reference}'`);
    await expect(found(folders)).rejects.toMatchObject({
      code: "secret",
      key: "providers.x.two",
      message:
        './chatport.toml:2: "providers.x.two" and "providers.x.one" (~/.config/chatport/config.toml line 4) have the same reference and mean another folder each: write whole paths.',
    });
  });

  test("is fine where it means the same at each", async () => {
    await using folders = await twoFolders('one = "env:X_TOKEN"\ntwo = "file:key"\nthree = "file:key"\nfour = "file:~/four"');
    await folders.file(join("..", "home", "four"), "home-four", 0o600);
    await folders.project('[providers.x]\nfive = "env:X_TOKEN"\nsix = "file:~/four"');
    expect(await found(folders, { env: { X_TOKEN: "from-env" } })).toEqual([
      "from-env",
      "user-key",
      "user-key",
      "home-four",
      "from-env",
      "home-four",
    ]);
  });
});

describe("an untrusted project", () => {
  test.each(["env:X_TOKEN", "file:key", 'command:["cat", "key"]'])(
    "has no say in what is read, though a plug-in asks: %s",
    async (reference) => {
      await using folders = await twoFolders("");
      await folders.untrusted(`[providers.x]\nmodel = '${reference}'`);
      await expect(found(folders, { env: { X_TOKEN: "from-env" } })).rejects.toMatchObject({
        code: "untrusted",
        key: "providers.x.model",
        line: 2,
      });
    },
  );
});

test("a reference that leads nowhere is told with its own line and whole name", async () => {
  await using folders = await twoFolders('[providers.x.auth]\nuser = "u"\ntokens = [\n  "env:X_TOKEN",\n  "env:GONE",\n]');
  await expect(found(folders, { env: { X_TOKEN: "from-env" } })).rejects.toMatchObject({
    code: "secret",
    key: "providers.x.auth.tokens.1",
    line: 8,
    variable: "GONE",
  });
});
