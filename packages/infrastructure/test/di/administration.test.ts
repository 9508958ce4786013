import { chmod, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { describe, expect, onTestFinished, test } from "vitest";
import { administer } from "../../src/index.js";
import type { LoadOptions } from "../../src/config/index.js";
import { type ConfigFolders, configFolders } from "../support/config-folders.js";

const canary = "sk-canary-7f3a";

function administration({ home, cwd }: ConfigFolders, options: LoadOptions = {}) {
  return administer({ home, cwd, env: {}, platform: "linux", localProbes: [], ...options });
}

const two = `provider = "work"
[providers.work]
type = "openai"
apiKey = "env:WORK_KEY"
[providers.broken]
type = "opnai"
`;

test("the configured providers are listed with their models, the chosen one, and what is wrong with the others", async () => {
  await using folders = await configFolders();
  await folders.user(two);
  const from = (line: number) => `~/.config/chatport/config.toml line ${line}`;
  expect(await administration(folders).providers()).toEqual([
    { name: "work", type: "openai", model: "gpt-5-mini", chosen: true, origin: from(3) },
    {
      name: "broken",
      type: "opnai",
      chosen: false,
      origin: from(6),
      problem: expect.stringMatching(/config\.toml:6: There is no provider type "opnai"/),
    },
  ]);
});

describe("the list of the providers helps whoever has chosen wrongly", () => {
  const plain = '[providers.a]\ntype = "guide"\n[providers.b]\ntype = "guide"\n';
  test.each([
    ["in the file", `provider = "c"\n${plain}`, {}],
    ["in the environment", plain, { env: { CHATPORT_PROVIDER: "c" } }],
    ["not at all", plain, {}],
  ])("%s", async (_where, toml, options) => {
    await using folders = await configFolders();
    await folders.user(toml);
    expect(await administration(folders, options).providers()).toMatchObject([
      { name: "a", chosen: false },
      { name: "b", chosen: false },
    ]);
  });

  test("but not one that asks for the list as if another were chosen", async () => {
    await using folders = await configFolders();
    await folders.user(plain);
    await expect(administration(folders, { flags: { provider: "c" } }).providers()).rejects.toMatchObject({ code: "unknown-provider" });
  });
});

describe("settings and their explanations are there for whoever has chosen wrongly", () => {
  const plain = '[providers.a]\ntype = "guide"\n[providers.b]\ntype = "openai"\n';
  const file = "~/.config/chatport/config.toml";
  const tables = [
    ["providers.a.type", "guide"],
    ["providers.b.type", "openai"],
  ];

  test.each([
    ["in the file", `provider = "c"\n${plain}`, {}, [["provider", "c"]], `${file} line 1`],
    [
      "in the environment",
      plain,
      { env: { CHATPORT_PROVIDER: "c", CHATPORT_MODEL: "m" } },
      [["provider", "c"]],
      "environment variable CHATPORT_PROVIDER",
    ],
    ["not at all", plain, {}, [], undefined],
  ])("%s", async (_where, toml, options, chosen, origin) => {
    await using folders = await configFolders();
    await folders.user(toml);
    const read = administration(folders, options);
    const told = (await read.settings()).map(({ key, value }) => [key, value]);
    expect(told).toEqual([...chosen, ...tables]);
    expect(await read.explain("providers.b.model")).toMatchObject([{ value: "gpt-5-mini", origin: "the defaults" }]);
    expect(await read.explain("providers.b.apiKey")).toMatchObject([{ value: "env:OPENAI_API_KEY" }]);
    if (origin === undefined) await expect(read.explain("provider")).rejects.toMatchObject({ message: 'Nothing sets "provider".' });
    else expect(await read.explain("provider")).toEqual([{ key: "provider", value: "c", origin, overrides: [] }]);
  });

  test("by a file that nobody trusts", async () => {
    await using folders = await configFolders();
    await folders.user(plain);
    await folders.untrusted('provider = "openai"');
    const read = administration(folders, { env: { OPENAI_API_KEY: canary } });
    await expect(folders.load({ env: { OPENAI_API_KEY: canary } })).rejects.toMatchObject({ code: "untrusted" });
    expect(await read.explain("provider")).toMatchObject([{ value: "openai", origin: "./chatport.toml line 1" }]);
    expect(await read.providers()).toMatchObject([
      { name: "a", chosen: false },
      { name: "b", chosen: false },
    ]);
  });

  test("but not for one that asks as if another were chosen", async () => {
    await using folders = await configFolders();
    await folders.user(plain);
    await expect(administration(folders, { flags: { provider: "c" } }).settings()).rejects.toMatchObject({ code: "unknown-provider" });
  });

  test("and not where something else is wrong, too", async () => {
    await using folders = await configFolders();
    await folders.user(`plugins = ["./gone.js"]\n${plain}`);
    await expect(administration(folders).settings()).rejects.toMatchObject({ code: "plugin" });
  });
});

test("the JSON Schema, too, is there for whoever has chosen wrongly", async () => {
  await using folders = await configFolders();
  await folders.user('[providers.a]\ntype = "guide"\n[providers.b]\ntype = "guide"\n');
  expect(await administration(folders).schema()).toMatchObject({ title: "Chatport configuration" });
});

describe("models", () => {
  test("are those that the chosen provider's server lists", async () => {
    const server = createServer((request, response) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ object: "list", data: [{ id: request.url, object: "model", created: 1, owned_by: "test" }] }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    if (typeof address !== "object" || address === null) throw new Error("The server has no port.");
    await using folders = await configFolders();
    const table = `[providers.a]\ntype = "openai-compatible"\nbaseUrl = "http://127.0.0.1:${address.port}/v1"\n`;
    await folders.user(`${table}model = "m"`);
    expect(await administration(folders).models()).toMatchObject([{ id: "/v1/models" }]);
    // Who has not chosen a model yet wants this list most.
    await folders.user(table);
    expect(await administration(folders).models()).toMatchObject([{ id: "/v1/models" }]);
  });

  test("of a provider without a list are an error that says so", async () => {
    await using folders = await configFolders();
    await expect(administration(folders).models()).rejects.toMatchObject({ code: "unsupported", provider: "guide" });
  });
});

describe("explain", () => {
  async function explain(key: string, options: LoadOptions = {}) {
    await using folders = await configFolders();
    await folders.user(two);
    await folders.project('[providers.work]\nmodel = "mine"\ndeadlines = { idleMs = 1 }');
    return await administration(folders, options).explain(key);
  }

  test("says what counts, where it is written, and what it overrode", async () => {
    expect(await explain("providers.work.model", { env: { CHATPORT_MODEL: "big" } })).toEqual([
      {
        key: "providers.work.model",
        value: "big",
        origin: "environment variable CHATPORT_MODEL",
        overrides: [{ value: "mine", origin: "./chatport.toml line 2" }],
      },
    ]);
  });

  test("of a table says all that is in it", async () => {
    const keys = (await explain("providers.work")).map(({ key }) => key);
    expect(keys).toEqual(["providers.work.type", "providers.work.apiKey", "providers.work.model", "providers.work.deadlines.idleMs"]);
  });

  test("of a setting that nobody set says the default", async () => {
    await using folders = await configFolders();
    const read = administration(folders, { env: { OPENAI_API_KEY: canary } });
    expect(await read.explain("providers.openai.model")).toEqual([
      { key: "providers.openai.model", value: "gpt-5-mini", origin: "the defaults", overrides: [] },
    ]);
    expect(await read.explain("provider")).toEqual([
      { key: "provider", value: "openai", origin: "environment variable OPENAI_API_KEY", overrides: [] },
    ]);
  });

  test("of a setting that a preset fills in says the preset", async () => {
    await using folders = await configFolders();
    await folders.user('[providers.cerebras]\ntype = "openai-compatible"\npreset = "cerebras"');
    const read = administration(folders);
    const told = async (setting: string) => {
      const [{ value, origin } = {}] = await read.explain(`providers.cerebras.${setting}`);
      return [value, origin];
    };
    expect(await told("model")).toEqual(["gpt-oss-120b", "the preset cerebras"]);
    expect(await told("baseUrl")).toEqual(["https://api.cerebras.ai/v1", "the preset cerebras"]);
    expect(await told("apiKey")).toEqual(["env:CEREBRAS_API_KEY", "the preset cerebras"]);
    expect(await told("maxTokensField")).toEqual(["max_completion_tokens", "the preset cerebras"]);
    await expect(told("documentation")).rejects.toMatchObject({ message: 'There is no setting "providers.cerebras.documentation".' });
    await folders.user('[providers.cerebras]\ntype = "openai-compatible"\npreset = "cerebras"\napi = "responses"');
    await expect(told("maxTokensField")).rejects.toMatchObject({ message: 'Nothing sets "providers.cerebras.maxTokensField".' });
  });

  test("of the model of a provider that its key's variable brings says the preset, too", async () => {
    await using folders = await configFolders();
    const read = administration(folders, { env: { CEREBRAS_API_KEY: canary } });
    expect(await read.explain("providers.cerebras")).toMatchObject([
      { key: "providers.cerebras.type", origin: "environment variable CEREBRAS_API_KEY" },
      { key: "providers.cerebras.preset", value: "cerebras", origin: "environment variable CEREBRAS_API_KEY" },
      { key: "providers.cerebras.model", value: "gpt-oss-120b", origin: "the preset cerebras" },
      { key: "providers.cerebras.apiKey", value: "env:CEREBRAS_API_KEY", origin: "environment variable CEREBRAS_API_KEY" },
    ]);
  });

  test.each([
    ['type = "openai"', "env:OPENAI_API_KEY"],
    ['type = "anthropic"', "env:ANTHROPIC_API_KEY"],
    ['type = "gemini"', "env:GEMINI_API_KEY"],
    ['type = "openai-compatible"\npreset = "deepseek"', "env:DEEPSEEK_API_KEY"],
    ['type = "azure-openai"\nmodel = "m"\nendpoint = "https://my-resource.openai.azure.com"', "env:AZURE_OPENAI_API_KEY"],
    ['type = "azure-openai"\nmodel = "m"\nendpoint = "https://my-resource.openai.azure.com"\ntoken = "env:TOKEN"', undefined],
    ['type = "azure-openai"\nmodel = "m"\nendpoint = "https://gateway.example"\ntoken = "env:TOKEN"', undefined],
    ['type = "anthropic"\nbaseUrl = "https://gateway.example"', undefined],
    ['type = "openai-compatible"\npreset = "groq"\nbaseUrl = "https://gateway.example/v1"', undefined],
    ['type = "ollama"\nmodel = "m"', undefined],
  ])("of the key of a table without apiKey says the usual one: %j", async (table, reference) => {
    await using folders = await configFolders();
    await folders.user(`[providers.work]\n${table}`);
    const explained = administration(folders).explain("providers.work.apiKey");
    if (reference === undefined) await expect(explained).rejects.toMatchObject({ message: 'Nothing sets "providers.work.apiKey".' });
    else expect(await explained).toMatchObject([{ key: "providers.work.apiKey", value: reference }]);
  });

  test.each([
    ["openai", "", "deadlines.idleMs", 120_000],
    ["openai", "", "baseUrl", "https://api.openai.com/v1"],
    ["openai", "", "api", "chat-completions"],
    ["openai", "", "limits.totalBytes", 512 * 1024 * 1024],
    ["openai", "", "maxTokensField", "max_completion_tokens"],
    ["openai", "", "retry.maxAttempts", 3],
    ["openai", "retry = { maxDelayMs = 1 }", "retry.maxAttempts", 3],
    ["openai", "deadlines = { totalMs = 7 }", "retry.overallMs", 7],
    ["openai", "retry = false", "retry.maxAttempts", undefined],
    ["openai", 'api = "responses"', "maxTokensField", undefined],
    ["openai", 'api = "responses"', "systemRole", "system"],
    ["openai-compatible", 'baseUrl = "http://127.0.0.1:1"\nmodel = "m"', "maxTokensField", "max_tokens"],
    ["openai-compatible", 'preset = "groq"', "systemRole", "system"],
    ["azure-openai", 'endpoint = "https://work.openai.azure.com"\nmodel = "m"', "api", "chat-completions"],
    ["anthropic", "", "baseUrl", "https://api.anthropic.com/"],
    ["anthropic", "", "systemMessages", "top"],
    ["anthropic", "", "maxOutputTokens", undefined],
    ["gemini", "", "baseUrl", "https://generativelanguage.googleapis.com/v1beta"],
    ["ollama", 'model = "m"', "deadlines.headersMs", 300_000],
    ["ollama", 'model = "m"', "baseUrl", "http://127.0.0.1:11434/"],
    ["fallback", 'providers = ["other"]', "overallMs", 1_800_000],
    ["fallback", 'providers = ["other"]', "retry", false],
    ["fallback", 'providers = ["other"]', "retry.maxAttempts", undefined],
    ["routing", 'providers = ["other"]', "default", "other"],
    ["tape", 'file = "a.tape"', "mode", "replay"],
    ["tape", 'file = "a.tape"', "pace", "instant"],
  ])("of type %s with %j says what is usual for %s: %j", async (type, table, setting, value) => {
    await using folders = await configFolders();
    await folders.user(`provider = "x"\n[providers.x]\ntype = "${type}"\n${table}\n[providers.other]\ntype = "guide"`);
    const key = `providers.x.${setting}`;
    const explained = administration(folders).explain(key);
    if (value === undefined) await expect(explained).rejects.toMatchObject({ message: `Nothing sets "${key}".` });
    else expect(await explained).toEqual([{ key, value, origin: "the defaults", overrides: [] }]);
  });

  test("of a table that nobody set says all that is usual in it", async () => {
    await using folders = await configFolders();
    await folders.user('[providers.x]\ntype = "anthropic"');
    expect((await administration(folders).explain("providers.x.deadlines")).map(({ key, value }) => [key, value])).toEqual([
      ["providers.x.deadlines.headersMs", 120_000],
      ["providers.x.deadlines.firstTokenMs", 300_000],
      ["providers.x.deadlines.idleMs", 120_000],
      ["providers.x.deadlines.totalMs", 1_800_000],
    ]);
  });

  test("says the defaults of retries that their documentation states", async () => {
    await using folders = await configFolders();
    await folders.user('[providers.x]\ntype = "anthropic"');
    const source = await readFile(new URL("../../src/resilience/with-retry.ts", import.meta.url), "utf8");
    for (const { key, value } of await administration(folders).explain("providers.x.retry")) {
      const [, documented = ""] = new RegExp(`Default ([\\d,]+)[^?]*?readonly ${key.split(".").at(-1)}\\?`).exec(source) ?? [];
      expect([key, Number(documented.replaceAll(",", ""))]).toEqual([key, value]);
    }
  });

  test.each([
    ["providers.opnai.model", 'There is no provider "opnai". Did you mean "providers.openai.model"?'],
    ["providers.opnai.modle", 'There is no provider "opnai". Did you mean "providers.openai.model"?'],
    ["providers.opnai", 'There is no provider "opnai". Did you mean "providers.openai"?'],
    ["providers.mistral.model", 'There is no provider "mistral".'],
  ])("compares the names of providers first: %s", async (key, message) => {
    await using folders = await configFolders();
    await folders.user('provider = "ollama"\n[providers.ollama]\ntype = "ollama"\nmodel = "m"\n[providers.openai]\ntype = "openai"');
    await expect(administration(folders).explain(key)).rejects.toMatchObject({ code: "unknown-provider", message });
  });

  test.each([
    ["providers.work.modle", 'There is no setting "providers.work.modle". Did you mean "providers.work.model"?'],
    ["providers.work.organization", 'Nothing sets "providers.work.organization".'],
    ["providers.work.headers.X-Team", 'Nothing sets "providers.work.headers.X-Team".'],
    ["providers.work.retry.nope", 'There is no setting "providers.work.retry.nope".'],
    [
      "providers.work.retry.maxAtempts",
      'There is no setting "providers.work.retry.maxAtempts". Did you mean "providers.work.retry.maxAttempts"?',
    ],
    [
      "providers.work.dedlines.idlMs",
      'There is no setting "providers.work.dedlines.idlMs". Did you mean "providers.work.deadlines.idleMs"?',
    ],
    ["providers.work.model.nope", 'There is no setting "providers.work.model.nope".'],
    ["providers.broken.anything", 'There is no setting "providers.broken.anything".'],
    ["plugins", 'Nothing sets "plugins".'],
    ["plugin", 'There is no setting "plugin". Did you mean "plugins"?'],
    ["provder", 'There is no setting "provder". Did you mean "provider"?'],
    ["a b", 'There is no setting "a b".'],
    ["x = 1\ny", 'There is no setting "x = 1\ny".'],
  ])("refuses %j", async (key, message) => {
    await expect(explain(key)).rejects.toMatchObject({ code: "unknown-key", message });
  });
});

describe("validate", () => {
  test("finds all mistakes of a table", async () => {
    await using folders = await configFolders();
    await folders.user('[providers.a]\ntype = "openai"\nmodle = "m"\ntimeout = 1\nbaseUrl = "nowhere"\ndeadlines = { totalMs = -1 }');
    const mistakes = await administration(folders).validate();
    expect(mistakes.map(({ code, line, key }) => [code, line, key]).toSorted((one, other) => Number(one[1]) - Number(other[1]))).toEqual([
      ["unknown-key", 3, "providers.a.modle"],
      ["unknown-key", 4, "providers.a.timeout"],
      ["invalid-value", 5, "providers.a.baseUrl"],
      ["invalid-value", 6, "providers.a.deadlines.totalMs"],
    ]);
    await folders.user('provder = "a"\nplugin = ["x"]');
    expect((await administration(folders).validate()).map(({ key }) => key)).toEqual(["provder", "plugin"]);
  });

  test("finds the mistakes of every provider, whoever uses it, and needs no key", async () => {
    await using folders = await configFolders();
    await folders.user(`${two}[providers.third]\ntype = "guide"\nmodel = "x"\n[providers.literal]\ntype = "openai"\napiKey = "${canary}"`);
    const mistakes = await administration(folders).validate();
    expect(mistakes.map(({ code, line, key }) => [code, line, key])).toEqual([
      ["unknown-type", 6, "providers.broken.type"],
      ["unknown-key", 9, "providers.third.model"],
      ["literal-secret", 12, "providers.literal.apiKey"],
    ]);
    expect(JSON.stringify(mistakes)).not.toContain(canary);
  });

  describe("finds the mistakes of the tables beside one of the whole", () => {
    const broken = (name: string): string => `[providers.${name}]\ntype = "openai"\nmodle = "m"\n`;
    const modle = (name: string) => ["unknown-key", `providers.${name}.modle`];
    const three = `${broken("a")}${broken("b")}[providers.c]\ntype = "guide"\n`;
    const group = '[providers.all]\ntype = "fallback"\nproviders = ["a", "x"]\n';

    test.each([
      ["nobody is chosen", three, [["missing-value", "provider"], modle("a"), modle("b")]],
      ["one is chosen that there is not", `provider = "x"\n${three}`, [["unknown-provider", "provider"], modle("a"), modle("b")]],
      [
        "a table has no type, and one is chosen that there is not",
        `provider = "y"\n[providers.x]\nmodel = "m"\n${group}${three}`,
        [["missing-value", "providers.x.type"], ["unknown-provider", "provider"], modle("a"), modle("b")],
      ],
      [
        "a table goes by another name",
        `provider = "all"\n[x]\ntype = "guide"\n[y]\ntype = "guide"\n${group}${three}`,
        [["unknown-key", "x"], ["unknown-key", "y"], modle("a"), modle("b")],
      ],
      [
        "there is no such setting, and a provider is no table",
        `provder = "a"\n[providers]\nx = 1\n${three}`,
        [["unknown-key", "provder"], ["invalid-value", "providers.x"], ["missing-value", "provider"], modle("a"), modle("b")],
      ],
      [
        "nobody is chosen, and a table without a type builds on a key's variable",
        `[providers.openai]\nmodel = "m"\n[providers.anthropic]\nmodle = "m"\n${three}`,
        [["missing-value", "provider"], ["unknown-key", "providers.anthropic.modle"], modle("a"), modle("b")],
      ],
      [
        "plug-ins cannot be loaded, which may have brought a type",
        `plugins = ["./gone.js", "./away.js"]\n[providers.mine]\ntype = "mine"\n${three}`,
        [["missing-value", "provider"], ["plugin", "plugins"], ["plugin", "plugins"], modle("a"), modle("b")],
      ],
    ])("%s", async (_what, toml, expected) => {
      await using folders = await configFolders();
      await folders.user(toml);
      const found = (await administration(folders).validate()).map(({ code, key }) => [code, key]);
      expect(found).toEqual(expect.arrayContaining(expected));
      expect(found).toHaveLength(expected.length);
    });

    test("a file cannot be read: those of the other, but for what may stand in the first", async () => {
      await using folders = await configFolders();
      await folders.user(`provider = "local"\n${three}[providers.local]\ntype = "ollama"\n`);
      for (const toml of ['[providers.local]\nmodel = "m', '[providers.d]\ntype = "guide"']) {
        await folders.untrusted(toml);
        const found = (await administration(folders).validate()).map(({ code, key }) => [code, key]);
        expect(found).toEqual([expect.toSatisfy(([code]) => code === "syntax" || code === "untrusted"), modle("a"), modle("b")]);
      }
    });

    test("also where there are more of them than one reads", async () => {
      await using folders = await configFolders();
      const names = Array.from({ length: 33 }, (_, index) => `n${index}`);
      await folders.user(`${names.map(broken).join("")}[providers.right]\ntype = "guide"\n`);
      const found = (await administration(folders).validate()).map(({ key }) => key);
      expect(found).toEqual(["provider", ...names.map((name) => `providers.${name}.modle`)]);
    });
  });

  test("finds what is wrong beside a key that stands in the file", async () => {
    await using folders = await configFolders();
    await folders.user(`[providers.a]\ntype = "openai"\nmodle = "m"\napiKey = "${canary}"`);
    const mistakes = await administration(folders).validate();
    expect(mistakes.map(({ code, key }) => [code, key])).toEqual([
      ["literal-secret", "providers.a.apiKey"],
      ["unknown-key", "providers.a.modle"],
    ]);
  });

  test("finds the one mistake that stops everything else", async () => {
    await using folders = await configFolders();
    await folders.untrusted('[providers.a]\ntype = "guide"');
    expect(await administration(folders).validate()).toMatchObject([{ code: "untrusted" }]);
  });

  test("tells one circle once, whoever is in it and whoever leads to it", async () => {
    await using folders = await configFolders();
    const fallback = (name: string, ...members: readonly string[]) =>
      `[providers.${name}]\ntype = "fallback"\nproviders = ${JSON.stringify(members)}\n`;
    await folders.user(`provider = "z"\n${fallback("z", "b")}${fallback("a", "b")}${fallback("b", "c")}${fallback("c", "a")}`);
    expect((await administration(folders).validate()).map(({ message }) => message)).toEqual([
      '~/.config/chatport/config.toml:13: The provider "c" would contain itself: a → b → c → a.',
    ]);
  });

  test("finds what a broken provider hides in those that contain it", async () => {
    await using folders = await configFolders();
    const group = (name: string, ...members: readonly string[]) =>
      `[providers.${name}]\ntype = "routing"\nproviders = ${JSON.stringify(members)}\n`;
    await folders.user(`provider = "a"\n${group("a", "b", "gone")}${group("b", "c", "away")}[providers.c]\ntype = "opnai"\n`);
    expect((await administration(folders).validate()).map(({ code, line }) => [code, line])).toEqual([
      ["unknown-type", 9],
      ["unknown-provider", 7],
      ["unknown-provider", 4],
    ]);
  });

  test("names the types that there are, and no others, beside a table without one", async () => {
    await using folders = await configFolders();
    await folders.user('provider = "a"\n[providers.a]\nmodel = "m"\n[providers.b]\ntype = "bedrock"\n');
    const [, { message } = { message: "" }] = await administration(folders).validate();
    expect(message).toMatch(/; there is openai, .+, tape\.$/);
  });

  test("finds a command that is no list of words", async () => {
    await using folders = await configFolders();
    await folders.user('[providers.work]\ntype = "openai"\napiKey = "command:echo hi"');
    expect(await administration(folders).validate()).toMatchObject([{ code: "secret", line: 3, key: "providers.work.apiKey" }]);
  });

  test("leaves what is no mistake to the warnings", async () => {
    await using folders = await configFolders();
    await folders.user('[providers.a]\ntype = "guide"');
    expect(await administration(folders).warnings()).toEqual([]);
    await chmod(`${folders.home}/.config/chatport/config.toml`, 0o666);
    expect(await administration(folders).validate()).toEqual([]);
    expect(await administration(folders).warnings()).toEqual([
      "Others on this machine can change ~/.config/chatport/config.toml: run chmod o-w on it.",
    ]);
    await folders.user('provider = "b"\n[providers.a]\ntype = "guide"');
    expect(await administration(folders).warnings()).toHaveLength(1);
    await folders.user("provider = ");
    expect(await administration(folders).warnings()).toEqual([]);
  });

  test("finds nothing wrong with a file that is right", async () => {
    await using folders = await configFolders();
    await folders.user('[providers.work]\ntype = "openai"\napiKey = "env:WORK_KEY"');
    expect(await administration(folders).validate()).toEqual([]);
  });
});

test("paths tell where files are looked for, which are there, and whether the project's is trusted", async () => {
  await using folders = await configFolders();
  const user = `${folders.home}/.config/chatport/config.toml`;
  const project = `${folders.cwd}/chatport.toml`;
  const read = administration(folders);
  await folders.untrusted('[providers.a]\ntype = "guide"');
  expect(await read.paths()).toEqual([
    { path: user, scope: "user", exists: false },
    { path: project, scope: "project", exists: true, trust: "unknown" },
  ]);
  await read.trust();
  expect(await read.paths()).toMatchObject([{}, { trust: "trusted" }]);
  await folders.untrusted("");
  expect(await read.paths()).toMatchObject([{}, { trust: "changed" }]);
  expect(await administration(folders, { flags: { config: "gone.toml" } }).paths()).toEqual([
    { path: `${folders.cwd}/gone.toml`, scope: "chosen", exists: false },
  ]);
});

test("a file that others can change is a warning of every composition", async () => {
  await using folders = await configFolders();
  await folders.user('[providers.a]\ntype = "guide"');
  await chmod(`${folders.home}/.config/chatport/config.toml`, 0o666);
  expect((await folders.load()).warnings).toEqual([
    "Others on this machine can change ~/.config/chatport/config.toml: run chmod o-w on it.",
  ]);
});

describe("the schema is there for a file", () => {
  test.each([
    ["with a mistake", 'provder = "a"\n'],
    ["that is no TOML", "[providers.a\n"],
  ])("%s, as its editor has to help", async (_what, toml) => {
    await using folders = await configFolders();
    await folders.user(toml);
    expect(JSON.stringify(await administration(folders).schema())).toContain('"openai-compatible"');
  });

  test("that nobody trusts", async () => {
    await using folders = await configFolders();
    await folders.untrusted('[providers.a]\ntype = "guide"\n');
    expect(JSON.stringify(await administration(folders).schema())).toContain('"openai-compatible"');
  });
});
