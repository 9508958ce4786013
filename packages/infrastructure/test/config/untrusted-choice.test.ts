import { describe, expect, test } from "vitest";
import { describeOrigin, type LoadOptions, trustProjectFile } from "../../src/config/index.js";
import { administer } from "../../src/di/administration.js";
import { type ConfigFolders, configFolders } from "../support/config-folders.js";

const mine = '[providers.work]\ntype = "openai"\napiKey = "env:WORK_KEY"\n[providers.other]\ntype = "guide"\n';
const keys = { OPENAI_API_KEY: "k", ANTHROPIC_API_KEY: "k" };

interface Story extends LoadOptions {
  readonly user?: string;
  readonly untrusted: string;
}

async function load({ user, untrusted, ...options }: Story, also?: (folders: ConfigFolders) => Promise<void>) {
  await using folders = await configFolders();
  if (user !== undefined) await folders.user(user);
  await folders.untrusted(untrusted);
  await also?.(folders);
  return await folders.load(options);
}

const refusal = (wanted: string): string =>
  `./chatport.toml:1: The choice of "${wanted}" is refused, as you have not trusted the file and have configured no provider "${wanted}": read it, and if it may decide where prompts go, run "chatport config trust".`;

describe("a project file that the user has not trusted chooses", () => {
  test.each<[what: string, provider: string, story: Omit<Story, "untrusted">]>([
    ["a provider of the user's", "work", { user: mine, env: keys }],
    ["the guide", "guide", { user: mine, env: keys }],
    ["the guide, where nothing is configured", "guide", { env: keys }],
    ["the one that would answer without it", "openai", { env: keys }],
    ["the one that would answer without it, for which no key is set", "openai", { user: 'provider = "openai"' }],
    ["the one that the user's file chooses by name alone", "anthropic", { user: 'provider = "anthropic"', env: keys }],
  ])("%s", async (_what, provider, story) => {
    const loaded = await load({ ...story, untrusted: `provider = "${provider}"` });
    expect(loaded.provider).toBe(provider);
    expect(describeOrigin(loaded.origin)).toBe("./chatport.toml line 1");
  });

  test.each<[what: string, provider: string, story: Omit<Story, "untrusted">]>([
    ["a key in the environment beside the user's providers", "openai", { user: `provider = "work"\n${mine}`, env: keys }],
    ["the same where the user chooses none of several", "openai", { user: mine, env: keys }],
    ["the same beside a single provider", "openai", { user: '[providers.work]\ntype = "guide"', env: keys }],
    ["a key that would not be the first", "anthropic", { env: keys }],
    ["a preset's key", "groq", { env: { ...keys, GROQ_API_KEY: "k" } }],
    ["a vendor without a key", "gemini", { env: keys }],
    ["a name that nobody has", "nobody", { user: mine }],
    ["a model server that nobody looked for", "ollama", { user: mine }],
  ])("not %s", async (_what, provider, story) => {
    const loaded = load({ ...story, untrusted: `provider = "${provider}"` });
    await expect(loaded).rejects.toMatchObject({
      code: "untrusted",
      key: "provider",
      line: 1,
      message: refusal(provider),
    });
  });

  test("nothing where the user chooses above it", async () => {
    const story = { user: mine, untrusted: 'provider = "openai"', env: keys };
    expect((await load({ ...story, flags: { provider: "work" } })).provider).toBe("work");
    expect((await load({ ...story, flags: { provider: "openai" } })).provider).toBe("openai");
    expect((await load({ ...story, env: { ...keys, CHATPORT_PROVIDER: "other" } })).provider).toBe("other");
  });

  test("what it likes once it is trusted", async () => {
    await using folders = await configFolders();
    await folders.user(`provider = "work"\n${mine}`);
    await folders.untrusted('provider = "anthropic"\n[providers.work]\nmodel = "m"');
    const { home, cwd } = folders;
    const { settings } = await trustProjectFile({ home, cwd, env: {}, platform: "linux" });
    expect(settings).toEqual([{ key: "provider", value: "anthropic" }]);
    expect((await folders.load({ env: keys })).provider).toBe("anthropic");
  });

  test("a name that is nearly one of the user's, and is told so", async () => {
    await expect(load({ user: mine, untrusted: 'provider = "wrok"' })).rejects.toMatchObject({ code: "untrusted", nearest: "work" });
  });
});

test("a choice that is refused does not stop the list of providers, of which none is the chosen one then", async () => {
  await using folders = await configFolders();
  await folders.user(mine);
  await folders.untrusted('provider = "openai"');
  const { home, cwd } = folders;
  const listed = await administer({ home, cwd, env: keys, platform: "linux" }).providers();
  expect(listed.map(({ name, chosen }) => [name, chosen])).toEqual([
    ["work", false],
    ["other", false],
  ]);
});

describe("validate, beside a file that nobody trusts,", () => {
  async function mistakes(user: string, untrusted: string) {
    await using folders = await configFolders();
    await folders.user(user);
    await folders.untrusted(untrusted);
    const { home, cwd } = folders;
    const found = await administer({ home, cwd, env: keys, platform: "linux", localProbes: [] }).validate();
    return found.map(({ code, key }) => [code, key]);
  }

  test("tells of a table that defines a provider that alone, and asks for no type or choice", async () => {
    expect(await mistakes('[providers.work]\ntype = "guide"', '[providers.evil]\nmodel = "x"')).toEqual([["untrusted", "providers.evil"]]);
  });

  test("tells of its refused choice also where the user's file has a mistake", async () => {
    const choice = ["untrusted", "provider"];
    expect(await mistakes('provder = "work"\n[providers.work]\ntype = "guide"', 'provider = "openai"')).toEqual([
      ["unknown-key", "provder"],
      choice,
    ]);
    expect(await mistakes('[providers.work]\ntype = "guide"\nmodle = 1', 'provider = "openai"')).toEqual([
      choice,
      ["unknown-key", "providers.work.modle"],
    ]);
  });
});

describe("a table without a type builds on the provider that its key's variable brings", () => {
  const table = '[providers.openai]\nmodel = "x"\n[providers.openai.deadlines]\nidleMs = 5';
  const openai = { type: "openai", apiKey: "env:OPENAI_API_KEY", model: "x", deadlines: { idleMs: 5 } };

  test("in a project file that is not trusted, which then sets a model and parameters", async () => {
    const { provider, origin, providers } = await load({ untrusted: table, env: keys });
    expect(provider).toBe("openai");
    expect(describeOrigin(origin)).toBe("environment variable OPENAI_API_KEY");
    expect(providers.get("openai")?.settings).toEqual(openai);
  });

  test("which chooses nobody", async () => {
    expect((await load({ untrusted: '[providers.anthropic]\nmodel = "x"', env: keys })).provider).toBe("openai");
    expect((await load({ user: mine, untrusted: table, env: keys, flags: { provider: "other" } })).provider).toBe("other");
  });

  test("which is told by whoever trusts the file, as it makes that provider the one that is configured", async () => {
    await using folders = await configFolders();
    await folders.untrusted('[providers.anthropic]\nmodel = "x"');
    expect((await folders.load({ env: keys })).provider).toBe("openai");
    const { home, cwd } = folders;
    const { settings } = await trustProjectFile({ home, cwd, env: keys, platform: "linux" });
    expect(settings).toEqual([{ key: "providers.anthropic.model", value: "x" }]);
    expect((await folders.load({ env: keys })).provider).toBe("anthropic");
  });

  test("in the user's own file, where it is the provider that is configured", async () => {
    await using folders = await configFolders();
    await folders.user(table);
    const { provider, origin, providers } = await folders.load({ env: keys });
    expect(provider).toBe("openai");
    expect(describeOrigin(origin)).toBe("~/.config/chatport/config.toml line 1");
    expect(providers.get("openai")?.settings).toEqual(openai);
    expect(describeOrigin(providers.get("openai")?.originOf(["type"]) ?? { kind: "default" })).toBe("environment variable OPENAI_API_KEY");
  });

  test.each([
    ["anthropic", { type: "anthropic", apiKey: "env:ANTHROPIC_API_KEY" }, {}],
    ["groq", { type: "openai-compatible", preset: "groq", apiKey: "env:GROQ_API_KEY" }, { GROQ_API_KEY: "k" }],
    ["openai", { type: "openai-compatible", baseUrl: "http://127.0.0.1:1/v1" }, { OPENAI_BASE_URL: "http://127.0.0.1:1/v1" }],
  ])("%s", async (name, settings, env) => {
    await using folders = await configFolders();
    await folders.user(`[providers.${name}]\nmodel = "x"`);
    const { provider, providers, guessesModel } = await folders.load({ env });
    expect(provider).toBe(name);
    expect(providers.get(name)?.settings).toEqual({ ...settings, model: "x" });
    expect(guessesModel).toBe(false);
  });

  test("and guesses the model where nobody names one, as without a table", async () => {
    await using folders = await configFolders();
    await folders.user("[providers.openai]\nretry = false");
    expect((await folders.load({ env: { OPENAI_BASE_URL: "http://127.0.0.1:1/v1" } })).guessesModel).toBe(true);
    expect((await folders.load({ env: keys })).guessesModel).toBe(false);
  });

  test("whose key goes to no other server", async () => {
    await using folders = await configFolders();
    await folders.user('[providers.openai]\nbaseUrl = "https://other.example/v1"');
    await expect(folders.load({ env: keys })).rejects.toMatchObject({ code: "untrusted", key: "providers.openai.baseUrl" });
  });

  test("and is a mistake under any other name, which is the user's to mend and not the project's", async () => {
    await using folders = await configFolders();
    await folders.user('[providers.mine]\nmodel = "x"');
    await expect(folders.load({ env: keys })).rejects.toMatchObject({ code: "missing-value", key: "providers.mine.type" });
    await expect(load({ user: mine, untrusted: '\n[providers.wrok]\nmodel = "x"', env: keys })).rejects.toMatchObject({
      code: "untrusted",
      key: "providers.wrok",
      nearest: "work",
      message:
        './chatport.toml:2: You have no provider "wrok", and a file that you have not trusted only chooses a model and parameters of those that you have: to use this one, write a table [providers.wrok] with its type into your own file. Did you mean "work"?',
    });
  });
});
