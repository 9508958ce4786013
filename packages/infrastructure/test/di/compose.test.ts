import { createServer } from "node:http";
import { inspect } from "node:util";
import { complete, NetworkException, type ProviderFactory, userMessage } from "@chatport/domain";
import { FakeChatProvider } from "@chatport/domain/testing";
import * as z from "zod/mini";
import { describe, expect, onTestFinished, test } from "vitest";
import { builtInRegistry, compose, createRegistry, type ProviderRegistry } from "../../src/index.js";
import { builtInTypes } from "../../src/config/configuration-schema.js";
import type { LoadOptions } from "../../src/config/index.js";
import { configFolders } from "../support/config-folders.js";

const canary = "sk-canary-7f3a";
const hello = { messages: [userMessage("hello")] };

async function composed(toml: string, options: LoadOptions = {}, registry?: ProviderRegistry) {
  await using folders = await configFolders();
  await folders.project(toml);
  return compose(await folders.load(options), registry && { registry });
}

/** A provider type that is no built-in one, and what was made of it. */
function fakeType(answer: ConstructorParameters<typeof FakeChatProvider>[0] = "from the fake") {
  const made: FakeChatProvider[] = [];
  const closed: string[] = [];
  const configSchema = z.strictObject({
    type: z.literal("fake"),
    uses: z.optional(z.array(z.string())),
    retry: z.optional(z.literal(false)),
  });
  const factory: ProviderFactory<z.infer<typeof configSchema>> = {
    type: "fake",
    configSchema,
    create({ uses = [] }, dependencies) {
      const { name } = dependencies;
      const used = uses.map((other) => dependencies.provider(other)).at(-1);
      if (used !== undefined) return used;
      const fake = new FakeChatProvider(answer, { name });
      made.push(fake);
      return Object.assign(fake, { [Symbol.asyncDispose]: async () => void closed.push(name) });
    },
  };
  return { made, closed, registry: createRegistry([factory]) };
}

describe("what is composed", () => {
  test("is the guide when nothing is configured, and says why", async () => {
    const { provider, description, origin, model, warnings } = await composed("");
    expect(provider).toMatchObject({ name: "guide", vendor: "guide" });
    expect({ description, origin, model, warnings }).toEqual({
      description: "guide",
      origin: "no provider is configured",
      model: undefined,
      warnings: [],
    });
  });

  test("is OpenAI when its key is set", async () => {
    const { provider, description, origin } = await composed("", { env: { OPENAI_API_KEY: canary } });
    expect(provider).toMatchObject({ name: "openai", vendor: "openai" });
    expect(description).toBe("openai (gpt-5-mini)");
    expect(origin).toBe("environment variable OPENAI_API_KEY");
  });

  test.each([
    ["ANTHROPIC_API_KEY", "anthropic", "anthropic"],
    ["GEMINI_API_KEY", "gemini", "gemini"],
    ["GROQ_API_KEY", "groq", "openai"],
  ])("is the vendor of the key that is set: %s", async (variable, name, vendor) => {
    const { provider, model } = await composed("", { env: { [variable]: canary } });
    expect(provider).toMatchObject({ name, vendor });
    expect(model).toBeDefined();
  });

  test("may combine other providers, which retry by themselves", async () => {
    const guides = '[providers.a]\ntype = "guide"\n[providers.b]\ntype = "guide"\n';
    for (const type of ["fallback", "routing"]) {
      const { provider } = await composed(`provider = "main"\n[providers.main]\ntype = "${type}"\nproviders = ["a", "b"]\n${guides}`);
      expect(provider.name).toBe("main");
      expect((await complete(provider, { messages: [userMessage("What is a ChatProvider?")] })).text).toContain("ChatProvider");
    }
  });

  test("changes with one line of the file", async () => {
    const providers =
      '\n[providers.local]\ntype = "openai-compatible"\nbaseUrl = "http://127.0.0.1:1/v1"\nmodel = "tiny"\n[providers.manual]\ntype = "guide"';
    expect((await composed(`provider = "local"${providers}`)).description).toBe("local (tiny)");
    expect((await composed(`provider = "manual"${providers}`)).description).toBe("manual");
  });

  test("is made once, and other providers not at all", async () => {
    const { made, registry } = fakeType();
    const configuration =
      'provider = "a"\n[providers.a]\ntype = "fake"\nuses = ["b", "b"]\n[providers.b]\ntype = "fake"\n[providers.broken]\ntype = "nonsense"';
    const { provider } = await composed(configuration, {}, registry);
    expect((await complete(provider, hello)).text).toBe("from the fake");
    expect(made.map(({ name }) => name)).toEqual(["b"]);
  });

  test("is closed as far as it was made when a part of it cannot be made", async () => {
    const { closed, registry } = fakeType();
    const toml =
      'provider = "a"\n[providers.a]\ntype = "fake"\nuses = ["b", "c"]\n[providers.b]\ntype = "fake"\n[providers.c]\ntype = "nonsense"';
    await expect(composed(toml, {}, registry)).rejects.toMatchObject({ code: "unknown-type" });
    await expect.poll(() => closed).toEqual(["b"]);
  });

  test("is closed once, with everything that was made for it", async () => {
    const { closed, registry } = fakeType();
    const composition = await composed('[providers.a]\ntype = "fake"', {}, registry);
    await composition.dispose();
    await composition[Symbol.asyncDispose]();
    expect(closed).toEqual(["a"]);
  });

  test("is retried, unless the file says otherwise", async () => {
    const failing = (() => {
      let calls = 0;
      return () => {
        calls += 1;
        if (calls === 1) throw new NetworkException("network", "gone", { provider: "a", retryAfterMs: 0 });
        return "second time";
      };
    })();
    const once = fakeType(failing);
    const { provider } = await composed('[providers.a]\ntype = "fake"', {}, once.registry);
    expect((await complete(provider, hello)).text).toBe("second time");

    const never = fakeType(() => {
      throw new NetworkException("network", "gone", { provider: "a" });
    });
    const bare = await composed('[providers.a]\ntype = "fake"\nretry = false', {}, never.registry);
    await expect(complete(bare.provider, hello)).rejects.toMatchObject({ code: "network" });
    expect(never.made[0]?.calls).toHaveLength(1);
  });
});

describe("a mistake in a provider's table is told with its place", () => {
  test.each([
    [
      'type = "opnai"',
      './chatport.toml:2: There is no provider type "opnai"; there is openai, openai-compatible, azure-openai, anthropic, gemini, ollama, guide, fallback, routing, tape. Did you mean "openai"?',
      "unknown-type",
    ],
    [
      'type = "openai"\nmodle = "x"',
      './chatport.toml:3: There is no setting "modle" in [providers.work]. Did you mean "model"?',
      "unknown-key",
    ],
    [
      'type = "openai"\n[providers.work.deadlines]\nidleMS = 1',
      './chatport.toml:4: There is no setting "idleMS" in [providers.work.deadlines]. Did you mean "idleMs"?',
      "unknown-key",
    ],
    ['type = "guide"\nmodel = "x"', './chatport.toml:3: There is no setting "model" in [providers.work]. There is type.', "unknown-key"],
    [
      'type = "openai"\nmodel = 5',
      './chatport.toml:3: "providers.work.model" has a value that does not fit. Expected the model\'s id, such as "gpt-5-mini".',
      "invalid-value",
    ],
    [
      'type = "openai-compatible"\nbaseUrl = "http://127.0.0.1/v1"',
      './chatport.toml:1: "providers.work.model" is missing. Expected the model\'s id, as the server lists it.',
      "missing-value",
    ],
    [
      'type = "openai"\nbaseUrl = "localhost:1234"',
      './chatport.toml:3: "providers.work.baseUrl" has a value that does not fit. The base URL must begin with https:// or http://.',
      "invalid-value",
    ],
    [
      'type = "openai"\ndeadlines = { idleMs = "soon" }',
      './chatport.toml:3: "providers.work.deadlines.idleMs" has a value that does not fit. Expected milliseconds, greater than 0; inf switches it off.',
      "invalid-value",
    ],
    [
      'type = "openai"\napiKey = "env:CHATPORT_NO_KEY"',
      './chatport.toml:3: No key for the provider "work": the environment variable CHATPORT_NO_KEY is not set.',
      "secret",
    ],
    [
      `type = "openai"\napiKey = "${canary}"`,
      './chatport.toml:3: "providers.work.apiKey" holds the key itself. Keys do not belong in a file that is shared or synchronised: put it in an environment variable and write "env:NAME", or in a file and write "file:PATH".',
      "literal-secret",
    ],
    [
      `type = "azure-openai"\nendpoint = "https://gateway.example"\nmodel = "m"\ntoken = "${canary}"`,
      './chatport.toml:5: "providers.work.token" holds the key itself. Keys do not belong in a file that is shared or synchronised: put it in an environment variable and write "env:NAME", or in a file and write "file:PATH".',
      "literal-secret",
    ],
    [
      'type = "openai"\napiKey = "command:echo hi"',
      `./chatport.toml:3: No key for the provider "work": "command:" wants a JSON array of strings after it, as in 'command:["pass", "show", "openai"]'.`,
      "secret",
    ],
    [
      'type = "azure-openai"\nmodel = "m"\nbaseUrl = "https://my-resource.openai.azure.com"',
      './chatport.toml:4: There is no setting "baseUrl" in [providers.work]. Did you mean "endpoint"?',
      "unknown-key",
    ],
    [
      'type = "azure-openai"\nendpoint = "https://my-resource.openai.azure.com"\ndeployment = "m"',
      './chatport.toml:4: There is no setting "deployment" in [providers.work]. Did you mean "model"?',
      "unknown-key",
    ],
    [
      'type = "ollama"\nmodle = "m"',
      './chatport.toml:3: There is no setting "modle" in [providers.work]. Did you mean "model"?',
      "unknown-key",
    ],
    [
      'type = "openai-compatible"',
      './chatport.toml:1: "providers.work.preset" is missing. Expected the name of a preset, such as "groq", or else baseUrl and model.',
      "missing-value",
    ],
  ])("%j", async (table, message, code) => {
    const error: unknown = await composed(`[providers.work]\n${table}`).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "ConfigException", message, code, provider: "work" });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(canary);
  });

  test("in a variable: it names the variable", async () => {
    await expect(composed("", { env: { OPENAI_API_KEY: canary, OPENAI_BASE_URL: "ftp://x" } })).rejects.toMatchObject({
      message:
        'OPENAI_BASE_URL: "providers.openai.baseUrl" has a value that does not fit. The base URL must begin with https:// or http://.',
    });
  });

  test("without its key: the chosen openai names the variable", async () => {
    await expect(composed("", { flags: { provider: "openai" } })).rejects.toMatchObject({ code: "secret", variable: "OPENAI_API_KEY" });
  });

  test("two factories of one type", () => {
    const { registry } = fakeType();
    const factory = registry.factory("fake");
    expect(() => createRegistry(factory === undefined ? [] : [factory, factory])).toThrow('Two provider factories have the type "fake".');
    expect(builtInRegistry().types).toEqual([...builtInTypes]);
  });

  test("providers that contain each other, or one that is not there", async () => {
    const { registry } = fakeType();
    const circle = 'provider = "a"\n[providers.a]\ntype = "fake"\nuses = ["b"]\n[providers.b]\ntype = "fake"\nuses = ["a"]';
    await expect(composed(circle, {}, registry)).rejects.toMatchObject({
      code: "circular",
      message: './chatport.toml:7: The provider "b" would contain itself: a → b → a.',
    });
    await expect(composed('[providers.main]\ntype = "fake"\nuses = ["mian"]', {}, registry)).rejects.toMatchObject({
      code: "unknown-provider",
      message: './chatport.toml:3: The provider "main" uses "mian", which is not configured. Did you mean "main"?',
    });
  });
});

describe("a key's variable", () => {
  const deepseek =
    'DEEPSEEK_API_KEY: "providers.deepseek.model" is missing: this variable leads to the provider "deepseek", which has no usual model. Name one with --model NAME or CHATPORT_MODEL; "chatport models -p deepseek" lists them.';
  test.each([
    ["alone", {}],
    ["by the provider's name", { flags: { provider: "deepseek" } }],
  ])("of a server without a usual model says what to do, %s", async (_how, options) => {
    await expect(composed("", { env: { DEEPSEEK_API_KEY: canary }, ...options })).rejects.toMatchObject({
      code: "missing-value",
      key: "providers.deepseek.model",
      message: deepseek,
    });
  });

  test.each([
    ["DEEPSEEK_API_KEY", "deepseek-chat", "deepseek (deepseek-chat)"],
    ["DEEPSEEK_API_KEY", "deepseek/deepseek-chat", "deepseek (deepseek-chat)"],
    ["OPENROUTER_API_KEY", "openai/gpt-5-mini", "openrouter (openai/gpt-5-mini)"],
    ["OPENROUTER_API_KEY", "openrouter/anthropic/claude", "openrouter (anthropic/claude)"],
    ["XAI_API_KEY", "grok", "xai (grok)"],
    ["GROQ_API_KEY", "openai/gpt-oss-120b", "groq (openai/gpt-oss-120b)"],
  ])("%s answers with the model %s that is asked for", async (variable, model, description) => {
    expect((await composed("", { env: { [variable]: canary }, flags: { model } })).description).toBe(description);
    expect((await composed("", { env: { [variable]: canary, CHATPORT_MODEL: model } })).description).toBe(description);
  });

  test("of a vendor that is missing is told where no such server could be meant", async () => {
    const asked = composed("", { env: { OPENAI_API_KEY: canary }, flags: { model: "anthropic/claude" } });
    await expect(asked).rejects.toMatchObject({ code: "secret", variable: "ANTHROPIC_API_KEY" });
  });
});

describe("a provider introduces itself with its preset's model", () => {
  const table = '[providers.fast]\ntype = "openai-compatible"\npreset = "groq"\napiKey = "env:KEY"\n';
  test("where its table names none", async () => {
    const { model, description } = await composed(table, { env: { KEY: canary } });
    expect([model, description]).toEqual(["openai/gpt-oss-20b", "fast (openai/gpt-oss-20b)"]);
  });

  test("and else with its own", async () => {
    expect((await composed(`${table}model = "mine"`, { env: { KEY: canary } })).model).toBe("mine");
  });
});

test("a model that is asked of a provider without models is a warning, not an error", async () => {
  const { provider, warnings } = await composed("", { env: { CHATPORT_MODEL: "gpt-5" } });
  expect(provider.name).toBe("guide");
  expect(warnings).toEqual(['The provider "guide" has no models to choose from: CHATPORT_MODEL changes nothing.']);
});

test("no part of a composition shows a key", async () => {
  const composition = await composed("", { env: { OPENAI_API_KEY: canary } });
  expect(inspect(composition, { depth: 20, showHidden: true }) + JSON.stringify(composition)).not.toContain(canary);
});

test("the key goes out as the bearer, to the server that OPENAI_BASE_URL names", async () => {
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url, request.headers.authorization);
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({
        id: "1",
        model: "m",
        choices: [{ index: 0, message: { role: "assistant", content: "hi" }, finish_reason: "stop" }],
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The server has no port.");
  const env = { OPENAI_API_KEY: canary, OPENAI_BASE_URL: `http://127.0.0.1:${address.port}/v1/` };
  const { provider } = await composed("", { env });
  expect((await complete(provider, hello)).text).toBe("hi");
  expect(seen).toEqual(["/v1/chat/completions", `Bearer ${canary}`]);
});
