import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { collect, type ProviderFactory, ServerException } from "@chatport/domain";
import { FakeChatProvider } from "@chatport/domain/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import * as z from "zod/mini";
import { tapeFile } from "../../src/di/tape-file.js";
import { compose, createRegistry } from "../../src/index.js";
import { fallbackProviderFactory, routingProviderFactory, tapeProviderFactory } from "../../src/resilience/index.js";
import { configFolders } from "../support/config-folders.js";
import { request } from "./scripted-provider.js";

const fakeSchema = z.strictObject({ type: z.literal("fake"), says: z.optional(z.string()), model: z.optional(z.string()) });

/** `says`: what it answers; without it, it is down. */
const fakes: ProviderFactory<z.infer<typeof fakeSchema>> & { made: FakeChatProvider[] } = {
  type: "fake",
  configSchema: fakeSchema,
  made: [],
  create({ says }, { name }) {
    const down = new ServerException("unavailable", "Down.", { provider: name, retryAfterMs: 0 });
    const fake = new FakeChatProvider(says ?? { steps: [{ type: "throw", error: down }] }, { name });
    fakes.made.push(fake);
    return fake;
  },
};

async function composed(toml: string) {
  await using folders = await configFolders();
  await folders.user(toml);
  const registry = createRegistry([fakes, fallbackProviderFactory, routingProviderFactory, tapeProviderFactory(tapeFile)]);
  fakes.made.length = 0;
  return compose(await folders.load(), { registry });
}

const members = '[providers.a]\ntype = "fake"\n[providers.b]\ntype = "fake"\nsays = "from b"\n';

describe("type = fallback", () => {
  test("asks the next of its providers, and retries each, but not the whole", async () => {
    const { provider } = await composed(`provider = "main"\n[providers.main]\ntype = "fallback"\nproviders = ["a", "b"]\n${members}`);
    expect(provider.name).toBe("main");
    expect((await collect(provider.stream(request))).text).toBe("from b");
    expect(fakes.made.map(({ name, calls }) => [name, calls.length])).toEqual([
      ["a", 3],
      ["b", 1],
    ]);
  });

  test("takes a list of codes and a model", async () => {
    const table = 'type = "fallback"\nproviders = ["a", "b"]\non = ["network"]\nmodel = "b/large"\noverallMs = 5000';
    const { provider, description } = await composed(`provider = "main"\n[providers.main]\n${table}\n${members}`);
    expect(description).toBe("main (b/large)");
    await collect(provider.stream(request));
    expect(fakes.made[1]?.calls[0]).toMatchObject({ request: { model: "large" }, options: { deadlines: { totalMs: expect.any(Number) } } });
    await expect(collect(provider.stream({ ...request, model: "x" }))).rejects.toMatchObject({ code: "unavailable", provider: "a" });
  });

  test.each([
    ["providers = []", "providers.main.providers"],
    ['providers = ["a", "a"]', "providers.main.providers"],
    ['providers = ["a"]\non = ["everything"]', "providers.main.on"],
    ['providers = ["a"]\noverallMs = 0', "providers.main.overallMs"],
    ['providers = ["a"]\nprovider = "b"', "providers.main.provider"],
    ["", "providers.main.providers"],
    ['providers = ["main"]', undefined],
    ['providers = ["c"]', undefined],
  ])("refuses %j", async (settings, key) => {
    const toml = `provider = "main"\n[providers.main]\ntype = "fallback"\n${settings}\n${members}`;
    const failure = composed(toml).then((composition) => composition.provider);
    await expect(failure).rejects.toMatchObject({
      name: "ConfigException",
      ...(key !== undefined && { key: expect.stringContaining(key) }),
    });
  });
});

describe("a member that is not configured", () => {
  test.each([
    ['type = "fallback"\nproviders = [\n  "b",\n  "aa",\n]', "providers.main.providers.1", 6],
    ['type = "routing"\nproviders = ["b", "aa"]', "providers.main.providers.1", 4],
    ['type = "tape"\nfile = "x"\nmode = "record"\nprovider = "aa"', "providers.main.provider", 6],
    ['type = "fallback"\nmodel = "aa"\nproviders = ["aa"]', "providers.main.providers.0", 5],
  ])("is told with its place, those that there are, and the nearest: %j", async (table, key, line) => {
    await expect(composed(`provider = "main"\n[providers.main]\n${table}\n${members}`)).rejects.toMatchObject({
      code: "unknown-provider",
      key,
      line,
      expected: "one of a, b",
      nearest: "a",
    });
  });

  test("that is the provider itself is told with its place, too", async () => {
    const circle = `provider = "main"\n[providers.main]\ntype = "fallback"\nproviders = [\n  "b",\n  "main",\n]\n${members}`;
    await expect(composed(circle)).rejects.toMatchObject({ code: "circular", key: "providers.main.providers.1", line: 6 });
  });
});

describe("type = routing", () => {
  test("reaches the provider that the model names, and its default without one", async () => {
    const { provider } = await composed(
      `provider = "all"\n[providers.all]\ntype = "routing"\nproviders = ["a", "b"]\ndefault = "b"\n${members}`,
    );
    expect((await collect(provider.stream(request))).text).toBe("from b");
    await expect(collect(provider.stream({ ...request, model: "a/x" }))).rejects.toMatchObject({ provider: "a" });
  });

  test("refuses a default that is none of its providers, with its place and the nearest that is one", async () => {
    const toml = `provider = "all"\n[providers.all]\ntype = "routing"\nproviders = ["main", "b"]\ndefault = "mian"\n${members}`;
    await expect(composed(toml)).rejects.toMatchObject({
      code: "invalid-value",
      key: "providers.all.default",
      line: 5,
      expected: '"main" or "b"',
      nearest: "main",
      message:
        '~/.config/chatport/config.toml:5: "providers.all.default" has a value that does not fit. Expected one of main, b. Did you mean "main"?',
    });
  });
});

describe("type = tape", () => {
  async function folder(): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), "chatport-tape-"));
    onTestFinished(() => rm(path, { recursive: true }));
    return path;
  }

  test("records onto a file, in folders that it makes, and replays it without the provider", async () => {
    const file = join(await folder(), "new", "demo.jsonl");
    const settings = `type = "tape"\nfile = ${JSON.stringify(file)}`;
    const recording = await composed(`provider = "t"\n[providers.t]\n${settings}\nmode = "record"\nprovider = "b"\n${members}`);
    const answer = await collect(recording.provider.stream(request));
    // Answers may be private. (Windows keeps no such modes.)
    if (process.platform !== "win32") expect((await stat(file)).mode & 0o777).toBe(0o600);
    const { provider } = await composed(`provider = "t"\n[providers.t]\n${settings}\n`);
    expect(provider.name).toBe("t");
    expect(await collect(provider.stream(request))).toEqual(answer);
    expect(fakes.made).toEqual([]);
  });

  test("replays with faults, each once where it says so", async () => {
    const file = join(await folder(), "demo.jsonl");
    const settings = `type = "tape"\nfile = ${JSON.stringify(file)}`;
    const recording = await composed(`provider = "t"\n[providers.t]\n${settings}\nmode = "record"\nprovider = "b"\n${members}`);
    await collect(recording.provider.stream(request));
    const { provider } = await composed(`provider = "t"\n[providers.t]\n${settings}\nfaults = [{ type = "cut", after = 2, call = 1 }]\n`);
    await expect(collect(provider.stream(request))).rejects.toMatchObject({ code: "truncated" });
    expect((await collect(provider.stream(request))).text).toBe("from b");
  });

  test.each([
    'mode = "record"\nfile = "x"',
    'mode = "both"\nfile = "x"',
    "",
    'file = "x"\nfaults = [{ type = "fire", after = 1 }]',
    'file = "x"\nfaults = [{ type = "cut" }]',
    'file = "x"\nfaults = [{ type = "delay", after = 1 }]',
  ])("refuses %j", async (settings) => {
    await expect(composed(`provider = "t"\n[providers.t]\ntype = "tape"\n${settings}\n`)).rejects.toMatchObject({
      name: "ConfigException",
    });
  });
});
