import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChatEvent, type ProviderFactory, ServerException } from "@chatport/domain";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import * as z from "zod/mini";
import { compose, createRegistry } from "../../src/index.js";
import { builtInRegistry } from "../../src/di/built-in-providers.js";
import { startScriptedOpenAIServer } from "../../src/testing/index.js";
import { configFolders } from "../support/config-folders.js";
import { read, request, ScriptedProvider, type ScriptedAttempt } from "../resilience/scripted-provider.js";

const canary = "sk-test-canary-5e1f8a90c3";

/** A plug-in's type that answers as it is scripted, and may be made with a key. */
function echoing(...attempts: readonly ScriptedAttempt[]): ProviderFactory {
  const configSchema = z.looseObject({ type: z.literal("echo"), secret: z.optional(z.string()) });
  return {
    type: "echo",
    configSchema,
    create(config, dependencies) {
      const { secret: reference } = z.parse(configSchema, config);
      if (reference !== undefined) dependencies.secret(reference);
      return new ScriptedProvider(...attempts);
    },
  };
}

/** Records calls of a tape named `t`, and gives back the file's text. */
async function recorded(toml: string, { plugin, calls = 1 }: { readonly plugin?: ProviderFactory; readonly calls?: number } = {}) {
  await using folders = await configFolders();
  const folder = await mkdtemp(join(tmpdir(), "chatport-tape-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "tape.jsonl");
  await folders.user(`provider = "t"\n[providers.t]\ntype = "tape"\nmode = "record"\nfile = ${JSON.stringify(file)}\n${toml}`);
  const builtIn = builtInRegistry();
  const factories = builtIn.types.flatMap((type) => builtIn.factory(type) ?? []);
  const registry = createRegistry(plugin === undefined ? factories : [...factories, plugin]);
  const options = { env: { CANARY: canary } };
  const { provider } = compose(await folders.load(options), { registry });
  const asked = {
    ...request,
    messages: [...request.messages, { role: "user" as const, content: [{ type: "text" as const, text: canary }] }],
  };
  const seen = [];
  for (let call = 0; call < calls; call++) seen.push(await read(provider.stream(asked)));
  await provider.listModels?.().catch(() => undefined);
  const text = await readFile(file, "utf8");
  await folders.user(`provider = "t"\n[providers.t]\ntype = "tape"\nfile = ${JSON.stringify(file)}`);
  const replaying = compose(await folders.load(), { registry });
  return { text, seen, replayed: await read(replaying.provider.stream(asked)) };
}

const said = (events: readonly ChatEvent[]): string => events.flatMap((event) => ("text" in event ? [event.text] : [])).join("");

const says = (...texts: readonly string[]): ScriptedAttempt => [
  { type: "message-start", model: "m" },
  ...texts.map((text): ChatEvent => ({ type: "text-delta", index: 0, text })),
  { type: "part-end", index: 0, part: { type: "text", text: texts.join("") } },
  { type: "message-end", finishReason: "stop" },
];

describe("a tape without redact keeps no key of the provider that it records", () => {
  test("where its server echoes the key in the answer, whole or in pieces", async () => {
    const deltas = ["Your key is ", ...Array.from(canary), "."];
    await using server = await startScriptedOpenAIServer({
      steps: [
        { type: "text", deltas },
        { type: "tool-call", name: "look", deltas: ['{"key":"', canary.slice(0, 9), canary.slice(9), '"}'] },
        { type: "end", finishReason: "stop" },
      ],
    });
    const member = `type = "openai-compatible"\nmodel = "m"\nbaseUrl = "${server.baseUrl}"\napiKey = "env:CANARY"`;
    const { text, replayed, seen } = await recorded(`provider = "a"\n[providers.a]\n${member}`);
    expect(said(seen[0]?.events ?? [])).toContain(canary);
    expect(text).not.toContain(canary);
    expect(said(replayed.events)).toBe("Your key is [redacted].");
    expect(replayed.events).toContainEqual(
      expect.objectContaining({
        part: expect.objectContaining({ type: "tool-call", input: { key: "[redacted]" }, json: '{"key":"[redacted]"}' }),
      }),
    );
  });

  test.each([
    ["a reference of its own", '[providers.a]\ntype = "echo"\nsecret = "env:CANARY"'],
    ["a nested reference", '[providers.a]\ntype = "echo"\nsecret = "env:CANARY"\n[providers.a.auth]\ntoken = "env:CANARY"'],
    ["a header", `[providers.a]\ntype = "echo"\nheaders = { x-api-key = "${canary}" }`],
    ["a header that has credentials", `[providers.a]\ntype = "echo"\nheaders = { Authorization = "Token ${canary}" }`],
    [
      "a header that has basic credentials",
      `[providers.a]\ntype = "echo"\nheaders = { Authorization = "Basic ${btoa(`user:${canary}`)}" }`,
    ],
    ["a header whose name tells nothing", `[providers.a]\ntype = "echo"\nheaders = { x-tenant = "${canary}" }`],
    ["a nested setting that is called one", `[providers.a]\ntype = "echo"\n[providers.a.auth]\ntoken = "${canary}"`],
    ["the password of an address", `[providers.a]\ntype = "echo"\nproxy = "http://user:${canary}@127.0.0.1:1"`],
    ["the escaped password of an address", `[providers.a]\ntype = "echo"\nproxy = "http://user:%73${canary.slice(1)}@127.0.0.1:1"`],
    ["the user of an address", `[providers.a]\ntype = "echo"\nproxy = "http://${canary}@127.0.0.1:1"`],
    ["the query of an address", `[providers.a]\ntype = "echo"\nproxy = "http://127.0.0.1:1/?a=%zz&api_key=${canary}"`],
    ["a member of a fallback", '[providers.a]\ntype = "fallback"\nproviders = ["b"]\n[providers.b]\ntype = "echo"\nsecret = "env:CANARY"'],
    [
      "a member of a routing in a fallback",
      '[providers.a]\ntype = "fallback"\nproviders = ["r"]\n[providers.r]\ntype = "routing"\nproviders = ["b"]\n[providers.b]\ntype = "echo"\nsecret = "env:CANARY"',
    ],
  ])("that came as %s", async (_what, tables) => {
    const { text, replayed } = await recorded(`provider = "a"\n${tables}`, { plugin: echoing(says("It is ", canary, "!")) });
    expect(text).not.toContain(canary);
    expect(said(replayed.events)).toBe("It is [redacted]!");
  });

  test("in any field of any event, and in any field of an error", async () => {
    const object = { [canary]: [canary, { deep: `x${canary}y` }] };
    const providerMetadata = { [canary]: object };
    const failure = new ServerException("unavailable", `Bad ${canary}`, {
      provider: canary,
      providerCode: canary,
      requestId: canary,
      cause: new Error(canary),
    });
    const everywhere: ScriptedAttempt = [
      { type: "message-start", model: canary, id: canary },
      { type: "reasoning-delta", index: 0, text: canary.slice(0, 4) },
      { type: "reasoning-delta", index: 0, text: canary.slice(4) },
      { type: "part-end", index: 0, part: { type: "reasoning", text: canary, providerMetadata } },
      { type: "tool-call-start", index: 1, id: canary, name: canary },
      { type: "tool-call-delta", index: 1, json: `{"k":"\\u0073k-test-canary` },
      { type: "tool-call-delta", index: 1, json: `-5e1f8a90c3"}` },
      {
        type: "part-end",
        index: 1,
        part: { type: "tool-call", id: canary, name: canary, input: { k: canary }, json: `{"k":"\\u0073k-test-canary-5e1f8a90c3"}` },
      },
      { type: "tool-call-delta", index: 2, json: `{"k":"${canary}` },
      { type: "part-end", index: 2, part: { type: "invalid-tool-call", id: canary, name: canary, json: `{"k":"${canary}` } },
      { type: "part-end", index: 3, part: { type: "provider", vendor: canary, data: object } },
      failure,
    ];
    const table = 'provider = "a"\n[providers.a]\ntype = "echo"\nretry = false\nsecret = "env:CANARY"';
    const { text, replayed } = await recorded(table, { plugin: echoing(everywhere) });
    expect(text).not.toContain(canary);
    expect(text).not.toContain("test-canary-5e1f8a90c3");
    expect(replayed.events).toHaveLength(everywhere.length - 3);
    expect(replayed.error).toMatchObject({ code: "unavailable", message: "Bad [redacted]", provider: "[redacted]" });
  });

  test("however the answer is cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: canary.length + 20 }), { maxLength: 6 }), async (cuts) => {
        const whole = `One two ${canary}, three four.`;
        const places = [0, ...cuts.toSorted((one, other) => one - other), whole.length];
        const texts = places.slice(1).map((place, index) => whole.slice(places[index], place));
        const table = 'provider = "a"\n[providers.a]\ntype = "echo"\nsecret = "env:CANARY"';
        const { text, replayed } = await recorded(table, { plugin: echoing(says(...texts)) });
        expect(text).not.toContain(canary);
        expect(said(replayed.events)).toBe("One two [redacted], three four.");
      }),
      { numRuns: 30 },
    );
  });
});

test("what stands beside a secret is no secret", async () => {
  const table =
    'provider = "a"\n[providers.a]\ntype = "echo"\nproxy = "http://u:%zz@127.0.0.1"\n[providers.a.auth]\nscheme = "basic"\nuser = "Ann"';
  const { replayed } = await recorded(table, { plugin: echoing(says("Basically, Ann uses basic words.")) });
  expect(said(replayed.events)).toBe("Basically, Ann uses basic words.");
});

test("a tape stays one, whatever word the key is", async () => {
  for (const key of ["event", "text-delta", "1234", "type", "stop", "tape", "true", "null", "index", "0", "ab-c", '"', "}"]) {
    const table = `provider = "a"\n[providers.a]\ntype = "echo"\n[providers.a.auth]\ntoken = ${JSON.stringify(key)}`;
    const metadata = { number: 1234, flag: true };
    const attempt: ScriptedAttempt = [
      { type: "message-start", model: "m" },
      { type: "text-delta", index: 0, text: "hi" },
      { type: "part-end", index: 0, part: { type: "text", text: "hi", providerMetadata: { v: metadata } } },
      { type: "message-end", finishReason: "stop" },
    ];
    const { replayed } = await recorded(table, { plugin: echoing(attempt) });
    expect(replayed.error, key).toBeUndefined();
    expect(replayed.events.map(({ type }) => type)).toEqual(["message-start", "text-delta", "part-end", "message-end"]);
  }
});
