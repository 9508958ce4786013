import type { ProviderFactory } from "@chatport/domain";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { stringify } from "smol-toml";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { keysOf } from "../../src/config/schema-keys.js";
import type { ConfigException } from "../../src/config/index.js";
import { administer, builtInRegistry, configurationJsonSchema } from "../../src/index.js";
import { configFolders } from "../support/config-folders.js";

// inf, which switches a deadline off, is a number to TOML and not to JSON.
const ajv = new Ajv2020({ strict: false, strictNumbers: false });
const fits = ajv.compile(configurationJsonSchema(builtInRegistry()));

/** What a setting may be written as, right and wrong. */
const written: Readonly<Record<string, readonly unknown[]>> = {
  model: ["m", "a/b", "", 5],
  preset: ["groq", "deepseek", "lmstudio", "grok", 1],
  baseUrl: [
    "https://a.example",
    "http://127.0.0.1:1/v1/",
    "HTTPS://a.example/v1",
    "ftp://a",
    "a.example",
    "https:a.example",
    "https:/a.example/v1",
    " https://a.example",
    "https://a.example/v 1",
    "https://a.example\n",
    "https://u:p@a.example",
    "https://a.example/v1?x",
    "https://a.example#x",
    "https://a.example/v1/chat/completions",
    "https://a.example/v1/messages/",
    1,
  ],
  apiKey: ["env:NAME", "file:~/key", 'command:["pass"]', "sk-literal", "env:", true],
  headers: [
    { "x-a": "1" },
    { "bad name": "1" },
    { AUTHORIZATION: "1" },
    { "X-Api-Key": "1" },
    { "x-goog-api-key": "1" },
    { "x-a": "1\n2" },
    { "x-a": 1 },
    "x",
    {},
  ],
  deadlines: [{ idleMs: 1 }, { totalMs: Number.POSITIVE_INFINITY }, { idleMs: 0 }, { idleMs: "1" }, { idleMS: 1 }, [], {}],
  limits: [{ totalBytes: 5.5 }, { lineChars: -1 }, { lines: 1 }, {}],
  retry: [
    false,
    true,
    {},
    { maxAttempts: 2 },
    { maxAttempts: 0 },
    { maxAttempts: 1.5 },
    { baseDelayMs: 0 },
    { maxDelayMs: -1 },
    { attempts: 1 },
  ],
  organization: ["o", ""],
  api: ["responses", "chat-completions", "assistants"],
  encryptedReasoning: [true, "yes"],
  endpoint: ["https://work.openai.azure.com", "https://gateway.example", "https://work.openai.azure.com/openai/v1", "work"],
  token: ["env:TOKEN", "eyJhbGciOi"],
  apiVersion: ["2024-10-21", "v1", "latest"],
  maxTokensField: ["max_tokens", "max_words"],
  systemRole: ["developer", "user"],
  streamUsage: [true, "yes"],
  unsupported: [["seed", "json_schema"], ["sead"], [], "seed"],
  maxOutputTokens: [1, 0, 1.5],
  systemMessages: ["top", "bottom"],
  keepAlive: ["10m", -1, true],
  numCtx: [4096, 0],
  providers: [["member"], ["member", "other"], [], "member", [1]],
  file: ["tape.jsonl", ""],
  mode: ["record", "replay", "both"],
  provider: ["member", "", 5],
  default: ["member", "", 5],
  redact: [["env:NAME", "file:~/key"], [], ["sk-literal"], ["env:NAME", 1], "env:NAME"],
  faults: [[{ type: "cut", after: 1 }], [{ type: "fire", after: 1 }], [{ type: "delay", after: 1 }], {}],
  pace: ["instant", "slow"],
  on: [["rate-limit"], ["rate-limt"], []],
  overallMs: [60_000, Number.POSITIVE_INFINITY, 0, -1, "x", []],
  modle: ["m"],
};

const registry = builtInRegistry();
const types = [...registry.types, "opnai", 1];

/** What a person may write anywhere: of each kind that TOML has, the values at the edges. */
const anything = [
  "x",
  "",
  " ",
  0,
  1,
  -1,
  1.5,
  true,
  false,
  [],
  ["x"],
  ["member", "member"],
  ["seed", "seed"],
  [0],
  [[]],
  [{}],
  {},
  { x: 1 },
  { x: "x" },
  { "": "x" },
];

/** Mostly what is right, so that a whole table often is. */
function valueOf(key: string): fc.Arbitrary<unknown> {
  const [first, ...others] = written[key] ?? [];
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant(first) },
    { weight: 2, arbitrary: fc.constantFrom(first, ...others) },
    { weight: 1, arbitrary: fc.constantFrom(...anything) },
  );
}

/** The settings of a type's tables. */
function ownSettings(type: string): readonly string[] {
  const factory = registry.factory(type);
  return ((factory && keysOf(factory.configSchema)) ?? []).filter((key) => key !== "type");
}

/** What makes a table of a type right. */
function needs(type: string): Readonly<Record<string, unknown>> {
  const needed = ["model", "endpoint", "file", "providers", "baseUrl"].filter((key) => ownSettings(type).includes(key));
  return Object.fromEntries(needed.map((key) => [key, written[key]?.[0]]));
}

const provider = fc.constantFrom(...types).chain((type) => {
  const own = typeof type === "string" ? ownSettings(type) : [];
  const needed = {
    ...(own.includes("model") && { model: valueOf("model") }),
    ...(own.includes("endpoint") && { endpoint: valueOf("endpoint") }),
    ...(own.includes("file") && { file: valueOf("file") }),
    ...(own.includes("providers") && { providers: valueOf("providers") }),
  };
  const optional = fc
    .uniqueArray(fc.constantFrom(...own, "modle"), { maxLength: 4 })
    .chain((keys) => fc.record(Object.fromEntries(keys.map((key) => [key, valueOf(key)]))));
  return fc
    .tuple(fc.record(needed, { requiredKeys: [] }), fc.record(needed), optional, fc.nat(9))
    .map(([some, all, rest, luck]) => ({ ...(luck !== 0 && { type }), ...(luck < 3 ? some : all), ...rest }));
});

/** Whether a mistake is one that a schema can see: not which providers there are, nor which of them a routing has. */
function standsInTheTable(table: Readonly<Record<string, unknown>>): (mistake: ConfigException) => boolean {
  const namesDefault = typeof table["default"] === "string" && table["default"] !== "";
  return ({ code, key }) => code !== "unknown-provider" && !(namesDefault && key === "providers.tried.default");
}

const configuration = fc.record({
  provider: fc.constant("tried"),
  providers: provider.map((tried) => ({ tried, member: { type: "guide" }, other: { type: "guide" } })),
});

describe("the JSON Schema for editors", () => {
  test("allows what the loader allows, and nothing else", async () => {
    await using folders = await configFolders();
    const administration = administer({ home: folders.home, cwd: folders.cwd, env: {}, platform: "linux" });
    const seen = { right: 0, wrong: 0 };
    await fc.assert(
      fc.asyncProperty(configuration, async (value) => {
        await folders.user(stringify(value));
        const mistakes = (await administration.validate()).filter(standsInTheTable(value.providers.tried));
        seen[mistakes.length === 0 ? "right" : "wrong"] += 1;
        expect(fits(value), `${stringify(value)}\n${mistakes.join("\n")}\n${ajv.errorsText(fits.errors)}`).toBe(mistakes.length === 0);
      }),
      { numRuns: 600 },
    );
    expect(Math.min(seen.right, seen.wrong)).toBeGreaterThan(100);
  });

  test("agrees with the loader on every setting of every type, whatever is written there", async () => {
    await using folders = await configFolders();
    const administration = administer({ home: folders.home, cwd: folders.cwd, env: {}, platform: "linux" });
    const disagreements: string[] = [];
    for (const type of registry.types) {
      for (const key of ownSettings(type)) {
        for (const value of new Set([...(written[key] ?? []), ...anything])) {
          const tried = { ...needs(type), [key]: value, type };
          const whole = { provider: "tried", providers: { tried, member: { type: "guide" }, other: { type: "guide" } } };
          await folders.user(stringify(whole));
          const mistakes = (await administration.validate()).filter(standsInTheTable(tried));
          if (fits(whole) !== (mistakes.length === 0)) disagreements.push(`${JSON.stringify(tried)}\n${mistakes.join("\n")}`);
        }
      }
    }
    expect(disagreements).toEqual([]);
  });

  test("wants the provider that a tape records, as the loader does, which names the place", async () => {
    await using folders = await configFolders();
    const administration = administer({ home: folders.home, cwd: folders.cwd, env: {}, platform: "linux" });
    const judge = async (settings: object) => {
      const value = { provider: "t", providers: { t: { type: "tape", file: "tape.jsonl", ...settings }, member: { type: "guide" } } };
      await folders.user(stringify(value));
      return { fits: fits(value), mistakes: await administration.validate() };
    };
    expect(await judge({ mode: "record", provider: "member" })).toEqual({ fits: true, mistakes: [] });
    expect(await judge({ mode: "replay" })).toEqual({ fits: true, mistakes: [] });
    expect(await judge({})).toEqual({ fits: true, mistakes: [] });
    expect(await judge({ mode: "record" })).toMatchObject({
      fits: false,
      mistakes: [{ code: "missing-value", key: "providers.t.provider", file: "~/.config/chatport/config.toml", line: 3 }],
    });
  });

  test("allows the examples of the documentation's kind", () => {
    expect(fits({ provider: "a", providers: { a: { type: "openai", model: "gpt-5-mini", apiKey: "env:OPENAI_API_KEY" } } })).toBe(true);
    expect(fits({ provider: "a", providers: { a: { type: "openai-compatible", preset: "groq" } } })).toBe(true);
    expect(fits({})).toBe(true);
    expect(fits({ colour: 1 })).toBe(false);
  });

  test("keeps the references of a plug-in's schema to itself", () => {
    const tree = z.strictObject({
      name: z.string(),
      get children() {
        return z.optional(z.array(tree));
      },
    });
    const factory: ProviderFactory = {
      type: "my trees",
      configSchema: z.strictObject({ type: z.string(), tree }),
      create: () => expect.fail("Nobody makes it."),
    };
    const judge = ajv.compile(configurationJsonSchema({ types: ["my trees"], factory: () => factory }));
    const providers = (child: unknown) => ({ providers: { a: { type: "my trees", tree: { name: "root", children: [child] } } } });
    expect(judge(providers({ name: "leaf" }))).toBe(true);
    expect(judge(providers({ nam: "leaf" }))).toBe(false);
  });

  test("knows the types of the registry that it is made from", () => {
    const schema = configurationJsonSchema({ types: ["mine"], factory: () => undefined });
    expect(ajv.compile(schema)({ providers: { a: { type: "mine", anything: 1 } } })).toBe(true);
    expect(ajv.compile(schema)({ providers: { a: { type: "openai" } } })).toBe(false);
  });
});
