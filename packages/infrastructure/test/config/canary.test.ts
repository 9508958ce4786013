import { inspect } from "node:util";
import type { ProviderFactory } from "@chatport/domain";
import { FakeChatProvider } from "@chatport/domain/testing";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import type { LoadOptions } from "../../src/config/index.js";
import { builtInRegistry } from "../../src/di/built-in-providers.js";
import { administer, compose, createRegistry } from "../../src/index.js";
import { type ConfigFolders, configFolders } from "../support/config-folders.js";

/** A key as vendors give them out. */
const canary = "sk-canary-7f3a9c1e";
/** A key that nothing but its place tells. */
const plain = "correct-canary-staple";

/** A plug-in's type that takes anything, and looks up the references that it finds under `auth`. */
const vault: ProviderFactory = {
  type: "vault",
  configSchema: z.looseObject({ type: z.string() }),
  create(config, dependencies) {
    const { auth } = z.parse(z.looseObject({ auth: z.optional(z.record(z.string(), z.unknown())) }), config);
    for (const value of Object.values(auth ?? {}))
      if (typeof value === "string" && /^(?:env|file|command):/.test(value)) dependencies.secret(value);
    return new FakeChatProvider("", { name: dependencies.name });
  },
};

/** A plug-in's type whose library says in its errors what it was given, as some do. */
const talkative: ProviderFactory = {
  type: "talkative",
  configSchema: {
    "~standard": {
      version: 1,
      vendor: "talkative",
      validate: (value) => {
        const { token } = z.parse(z.looseObject({ token: z.unknown() }), value);
        return { issues: [{ message: `Expected an array but received ${JSON.stringify(token)}`, path: ["token"] }] };
      },
    },
  },
  create: (_config, { name }) => new FakeChatProvider("", { name }),
};

const builtIn = builtInRegistry();
const registry = createRegistry([...builtIn.types.flatMap((type) => builtIn.factory(type) ?? []), vault, talkative]);

/** All that a person or a program can be shown of a configuration and of what is wrong with it. */
async function everythingShown(folders: ConfigFolders, options: LoadOptions, asked: readonly string[]): Promise<string> {
  const shown: string[] = [];
  const show = (value: unknown): void => {
    for (let at: unknown = value; at !== undefined; at = at instanceof Error ? at.cause : undefined) {
      shown.push(inspect(at, { depth: 20, showHidden: true, getters: false }), JSON.stringify(at) ?? "");
      if (at instanceof Error) shown.push(at.stack ?? "", String(at));
    }
  };
  const attempt = async (run: () => unknown): Promise<void> => {
    try {
      show(await run());
    } catch (error) {
      show(error);
    }
  };
  const surroundings = { home: folders.home, cwd: folders.cwd, env: {}, platform: "linux", localProbes: [], ...options } as const;
  const administration = administer(surroundings, registry);
  await attempt(() => administration.settings());
  for (const key of ["provider", "providers", "plugins", ...asked]) await attempt(() => administration.explain(key));
  await attempt(() => administration.validate());
  await attempt(() => administration.schema());
  await attempt(async () => (await folders.load(surroundings)).provenance());
  // The provider itself keeps its name, which requests ask for it by.
  await attempt(async () => {
    const { description, origin, warnings } = compose(await folders.load(surroundings), { registry });
    return { description, origin, warnings };
  });
  await attempt(async () => (await folders.load(surroundings)).warnings);
  return shown.join("\n");
}

/** Addresses that a key has no place in. */
const baseUrls: readonly string[] = [
  `https://user:${plain}@h.example/v1`,
  `user:${plain}@h.example/v1`,
  `https://${plain}@h.example/v1`,
  `https://h.example/v1?key=${plain}`,
  `https://h.example/v1#${plain}`,
  `https://h.example/${canary}/v1`,
  "https://h.example/%73k-canary-7f3a9c1e/v1",
  `https://${canary}.example/v1`,
  `ftp://h.example/${canary}`,
  `https://h.example:bad/${plain}`,
  canary,
];

/** The settings of a table, by its type, each with the canary in it. */
const settingsOf: Readonly<Record<string, readonly string[]>> = {
  openai: [
    `apiKey = "${canary}"`,
    `apiKey = "${plain}"`,
    `apiKey = "env:${canary}"`,
    `apiKey = "env:${canary.replaceAll("-", "_")}"`,
    `apiKey = "file:${canary}"`,
    `apiKey = "file:/gone/${canary}/key"`,
    `apiKey = "command:${canary}"`,
    `apiKey = 'command:["${canary}"]'`,
    `apiKey = 'command:["/bin/false", "${plain}"]'`,
    `apiKey = ["${plain}"]`,
    `apiKey = { value = "${plain}" }`,
    `model = "${canary}"`,
    `model = ["${canary}"]`,
    `reasoning = "${canary}"`,
    `"${canary}" = 1`,
    `deadlines = { "${canary}" = 1 }`,
    `deadlines = { idleMs = "${canary}" }`,
    `headers = { x-anything = "${plain}" }`,
    `headers = { x-anything = ["${plain}"] }`,
    `headers = { Authorization = "Bearer ${plain}" }`,
    `headers = { "${canary}" = "x" }`,
    `headers = { "bad ${canary}" = "x" }`,
    `headers = { x = "line\\n${plain}" }`,
    `headers = "x: ${plain}"`,
    ...baseUrls.map((url) => `baseUrl = "${url}"`),
  ],
  tape: [
    `file = "t"\nmode = "record"\nprovider = "x"\nredact = ["${plain}"]`,
    `file = "t"\nmode = "record"\nprovider = "x"\nredact = ["env:A", "env:${canary}"]`,
    `file = "t"\nmode = "${canary}"`,
    `file = "t"\nmode = "record"\nprovider = "${canary}"`,
  ],
  vault: [
    `accessToken = "${plain}"`,
    `password = "${plain}"`,
    `extra = { password = "${plain}" }`,
    `extra = [{ "client-secret" = "${plain}" }, ["${canary}"]]`,
    `extra = [{ "${canary}" = 1 }]`,
    `[providers.x.auth]\nanything = "${plain}"`,
    `[providers.x.auth]\nanything = "env:${canary}"`,
    `[providers.x.auth]\nanything = "file:${canary}"`,
    `[providers.x.auth]\nanything = 'command:["${canary}", "${plain}"]'`,
    `[providers.x.auth.deep]\nlist = [["${plain}"], [{ a = "${plain}" }]]`,
    `defaultHeaders = { a = "${plain}" }`,
    `endpoint = "https://h.example/a?sig=${plain}"`,
    `note = "the key is ${canary}, keep it"`,
  ],
  talkative: [`token = "${plain}"`, `token = { deep = ["${plain}"] }`],
  fallback: [`providers = ["${canary}"]`],
  routing: [`providers = ["x", "y"]\ndefault = "${canary}"`],
};

/** Each as the table [providers.x]. */
const tables: readonly string[] = [
  `type = "${canary}"`,
  `type = ["${canary}"]`,
  ...Object.entries(settingsOf).flatMap(([type, all]) => all.map((lines) => `type = "${type}"\n${lines}`)),
];

/** Each as a whole file. */
const whole: readonly string[] = [
  `provider = "${canary}"\n[providers.x]\ntype = "guide"`,
  `[providers.${canary}]\ntype = "guide"`,
  `[providers.${canary}]\ntype = "openai"\nmodle = "x"\napiKey = "env:GONE"`,
  `[providers.${canary}]\ntype = "openai"\napiKey = "env:GONE"`,
  `[providers.${canary}]\ntype = "fallback"\nproviders = ["${canary}"]`,
  `[providers.${canary}]\ntype = "fallback"\nproviders = ["gone"]`,
  `[providers."my ${canary}"]\ntype = "vault"\nmodel = "m"`,
  `[providers.a]\ntype = "guide"\n[providers.${canary}]\ntype = "guide"`,
  `[provider.${canary}]\ntype = "guide"`,
  `[${canary}]\ntype = "guide"`,
  `${canary} = 1`,
  `"${canary}" = "${canary}"`,
  `provider = ["${canary}"]`,
  `providers = "${canary}"`,
  `plugins = ["${canary}"]`,
  `plugins = ["./${canary}.js"]`,
  `plugins = "${canary}"`,
  `apiKey = ${canary}`,
  `apiKey = "${canary}`,
];

const keys = [canary, plain];
/** What would ask for it by name. */
const asked = ["providers.x", `providers.${canary}`, `providers.${canary}.model`, `providers.x.${canary}`, canary];

function expectNoKey(shown: string): void {
  const spellings = keys.flatMap((key) => [key, key.replaceAll("-", "_"), btoa(key)]);
  // The end of it would do, too.
  const leaks = shown.split("\n").filter((line) => spellings.some((spelling) => line.includes(spelling)) || /canary[-_]/.test(line));
  expect(leaks.map((line) => line.slice(0, 300))).toEqual([]);
}

const files: readonly string[] = [...tables.map((table) => `provider = "x"\n[providers.x]\n${table}`), ...whole];

describe.concurrent("a key in the wrong place is never shown", () => {
  test.each(files)("in the user's file: %s", async (toml) => {
    await using folders = await configFolders();
    await folders.user(toml);
    expectNoKey(await everythingShown(folders, {}, asked));
  });

  test.each(files)("in a project's file, trusted and not: %s", async (toml) => {
    await using folders = await configFolders();
    await folders.untrusted(toml);
    expectNoKey(await everythingShown(folders, {}, asked));
    await folders.project(toml);
    expectNoKey(await everythingShown(folders, {}, asked));
  });

  test.each(files)("in a file that is named: %s", async (toml) => {
    await using folders = await configFolders();
    await folders.file("named.toml", toml);
    expectNoKey(await everythingShown(folders, { flags: { config: "named.toml" } }, asked));
  });

  test("in the name of a file that is there", async () => {
    await using folders = await configFolders();
    const config = `${canary}/chatport.toml`;
    await folders.file(config, 'provider = "x"\n[providers.x]\ntype = "vault"\nmodel = "m"');
    expectNoKey(await everythingShown(folders, { flags: { config } }, asked));
  });

  test.each(tables)("in a configuration that is inspected: %s", async (table) => {
    await using folders = await configFolders();
    await folders.user(`provider = "x"\n[providers.x]\n${table}`);
    const configuration = await folders.load().catch((error: unknown) => error);
    expectNoKey(inspect(configuration, { depth: 20, showHidden: true }) + JSON.stringify(configuration));
  });

  test.each(tables)("where another file says otherwise: %s", async (table) => {
    await using folders = await configFolders();
    await folders.user(`provider = "x"\n[providers.x]\n${table}`);
    await folders.project('[providers.x]\ntype = "guide"\napiKey = "env:A"\nmodel = "m"');
    expectNoKey(await everythingShown(folders, {}, asked));
  });

  test.each<[string, LoadOptions]>([
    ["CHATPORT_PROVIDER", { env: { CHATPORT_PROVIDER: canary } }],
    ["CHATPORT_MODEL", { env: { CHATPORT_MODEL: canary } }],
    ["CHATPORT_MODEL with a provider", { env: { CHATPORT_MODEL: `x/${canary}` } }],
    ["CHATPORT_CONFIG", { env: { CHATPORT_CONFIG: canary } }],
    ["OPENAI_API_KEY", { env: { OPENAI_API_KEY: plain } }],
    ["OPENAI_API_KEY with a line break", { env: { OPENAI_API_KEY: `${plain}\n${plain}` } }],
    ["OPENAI_BASE_URL", { env: { OPENAI_BASE_URL: `https://u:${plain}@h.example/v1` } }],
    ["OPENAI_BASE_URL's path", { env: { OPENAI_API_KEY: plain, OPENAI_BASE_URL: `https://h.example/${canary}/v1` } }],
    ["--provider", { flags: { provider: canary } }],
    ["--model", { flags: { model: canary } }],
    ["--model of another provider", { flags: { model: `${canary}/m` } }],
    ["--config", { flags: { config: canary } }],
    ["--config, in a folder", { flags: { config: `./${canary}/chatport.toml` } }],
  ])("in %s", async (_what, options) => {
    for (const file of ["", '[providers.x]\ntype = "openai"\napiKey = "env:A"', '[providers.x]\ntype = "guide"']) {
      await using folders = await configFolders();
      await folders.user(file);
      expectNoKey(await everythingShown(folders, options, asked));
    }
  });
});

describe("what is no key is shown, and nothing else", () => {
  test.each<[string, unknown]>([
    ['model = "gpt-4o-mini-2024-07-18"', "gpt-4o-mini-2024-07-18"],
    ['model = "meta-llama/Llama-3.3-70B-Instruct-Turbo-Free"', "meta-llama/Llama-3.3-70B-Instruct-Turbo-Free"],
    ['model = "claude-3-5-sonnet-20241022-thinking-high"', "claude-3-5-sonnet-20241022-thinking-high"],
    ['model = "deepseek-r1-distill-llama-70b-specdec"', "deepseek-r1-distill-llama-70b-specdec"],
    ['model = "xai/grok-4-fast-reasoning"', "xai/grok-4-fast-reasoning"],
    ['apiKey = "env:OPENAI_API_KEY_2"', "env:OPENAI_API_KEY_2"],
    ['apiKey = "env:openai_key"', "env:openai_key"],
    ['apiKey = "file:~/.keys/openai.txt"', "file:~/.keys/openai.txt"],
    [`apiKey = 'command:["/usr/bin/pass", "show", "x"]'`, 'command:["/usr/bin/pass", ...]'],
    [
      'baseUrl = "https://api.example.com:8443/openai/v1beta/deployments/gpt-4o"',
      "https://api.example.com:8443/openai/v1beta/deployments/gpt-4o",
    ],
    ['baseUrl = "http://127.0.0.1:11434"', "http://127.0.0.1:11434/"],
    ['baseUrl = "https://h.example/t/a1b2c3d4e5f6/v1"', "https://h.example/t/[hidden]/v1"],
    ["maxOutputTokens = 4096", 4096],
    ['redact = ["env:OTHER_KEY"]', ["env:OTHER_KEY"]],
    ["seed = inf", "Infinity"],
    ["since = 2026-11-22", "2026-11-22"],
    ["passcode = 1234", "[hidden]"],
    ["auth = { tokens = 1234 }", "[hidden]"],
  ])("%s", async (line, value) => {
    await using folders = await configFolders();
    await folders.user(`[providers.monkey]\ntype = "vault"\n${line}`);
    const settings = (await folders.load()).provenance().filter(({ path }) => path.length > 2 && path[2] !== "type");
    expect(settings.map((setting) => setting.value)).toEqual([value]);
  });
});
