import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeOrigin } from "../../src/config/index.js";
import { configFolders } from "../support/config-folders.js";

const twoProviders = '[providers.one]\ntype = "guide"\n[providers.two]\ntype = "guide"\n';

describe("who answers", () => {
  interface Case {
    readonly because: string;
    readonly user?: string;
    readonly project?: string;
    readonly env?: Record<string, string>;
    readonly flags?: { provider?: string; model?: string };
    readonly provider: string;
    readonly origin: string;
    readonly model?: string;
  }
  test.each<Case>([
    { because: "nothing is configured", provider: "guide", origin: "the defaults" },
    {
      because: "variables that are empty are not set",
      env: { OPENAI_API_KEY: "", OPENAI_BASE_URL: "", CHATPORT_PROVIDER: "" },
      provider: "guide",
      origin: "the defaults",
    },
    { because: "a key is set", env: { OPENAI_API_KEY: "k" }, provider: "openai", origin: "environment variable OPENAI_API_KEY" },
    {
      because: "a server is set",
      env: { OPENAI_BASE_URL: "http://127.0.0.1:1/v1" },
      provider: "openai",
      origin: "environment variable OPENAI_BASE_URL",
      model: "gpt-5-mini",
    },
    {
      because: "only Anthropic's key is set",
      env: { ANTHROPIC_API_KEY: "k", GEMINI_API_KEY: "k" },
      provider: "anthropic",
      origin: "environment variable ANTHROPIC_API_KEY",
    },
    {
      because: "Gemini's key is set, before a preset's",
      env: { GROQ_API_KEY: "k", GEMINI_API_KEY: "k" },
      provider: "gemini",
      origin: "environment variable GEMINI_API_KEY",
    },
    {
      because: "a preset's key is set",
      env: { GROQ_API_KEY: "k" },
      provider: "groq",
      origin: "environment variable GROQ_API_KEY",
      model: "openai/gpt-oss-20b",
    },
    {
      because: "OpenAI's key is set, among others",
      env: { ANTHROPIC_API_KEY: "k", GEMINI_API_KEY: "k", OPENAI_API_KEY: "k" },
      provider: "openai",
      origin: "environment variable OPENAI_API_KEY",
    },
    {
      because: "another provider with a key is there by name",
      env: { GROQ_API_KEY: "k", OPENAI_API_KEY: "k" },
      flags: { provider: "groq" },
      provider: "groq",
      origin: "flag --provider",
      model: "openai/gpt-oss-20b",
    },
    {
      because: "a provider is configured, and a key is set",
      project: '[providers.mine]\ntype = "guide"',
      env: { OPENAI_API_KEY: "k" },
      provider: "mine",
      origin: "./chatport.toml line 1",
    },
    {
      because: "the user's file chooses",
      user: `provider = "one"\n${twoProviders}`,
      provider: "one",
      origin: "~/.config/chatport/config.toml line 1",
    },
    {
      because: "the project's file is above the user's",
      user: `provider = "one"\n${twoProviders}`,
      project: '\nprovider = "two"',
      provider: "two",
      origin: "./chatport.toml line 2",
    },
    {
      because: "the environment is above files",
      project: `provider = "one"\n${twoProviders}`,
      env: { CHATPORT_PROVIDER: "two" },
      provider: "two",
      origin: "environment variable CHATPORT_PROVIDER",
    },
    {
      because: "a flag is above the environment",
      project: twoProviders,
      env: { CHATPORT_PROVIDER: "two" },
      flags: { provider: "one" },
      provider: "one",
      origin: "flag --provider",
    },
    {
      because: "the guide is there by name",
      env: { OPENAI_API_KEY: "k" },
      flags: { provider: "guide" },
      provider: "guide",
      origin: "flag --provider",
    },
    {
      because: "a model in the file",
      project: '[providers.x]\ntype = "openai"\nmodel = "file"',
      provider: "x",
      origin: "./chatport.toml line 1",
      model: "file",
    },
    {
      because: "CHATPORT_MODEL is above the file's",
      project: '[providers.x]\ntype = "openai"\nmodel = "file"',
      env: { CHATPORT_MODEL: "env" },
      provider: "x",
      origin: "./chatport.toml line 1",
      model: "env",
    },
    {
      because: "--model is above CHATPORT_MODEL",
      env: { CHATPORT_MODEL: "env", OPENAI_API_KEY: "k" },
      flags: { model: "flag" },
      provider: "openai",
      origin: "environment variable OPENAI_API_KEY",
      model: "flag",
    },
    {
      because: "--model names the implicit server's model",
      env: { OPENAI_BASE_URL: "http://127.0.0.1:1" },
      flags: { model: "flag" },
      provider: "openai",
      origin: "environment variable OPENAI_BASE_URL",
      model: "flag",
    },
  ])("$provider, because $because", async ({ user, project, env = {}, flags = {}, provider, origin, model }) => {
    await using folders = await configFolders();
    if (user !== undefined) await folders.user(user);
    if (project !== undefined) await folders.project(project);
    const configuration = await folders.load({ env, flags });
    expect(configuration.provider).toBe(provider);
    expect(describeOrigin(configuration.origin)).toBe(origin);
    expect(configuration.providers.get(provider)?.settings["model"]).toBe(model);
  });
});

describe("files", () => {
  test("tables merge, arrays and all else are replaced, and each value knows its line", async () => {
    await using folders = await configFolders();
    await folders.user('[providers.x]\ntype = "openai"\nlist = [1, 2, 3]\n[providers.x.deadlines]\nidleMs = 1\ntotalMs = 2');
    await folders.project("[providers.x]\nlist = [9]\ndeadlines.idleMs = 5");
    const provider = (await folders.load()).providers.get("x");
    expect(provider?.settings).toEqual({ type: "openai", list: [9], deadlines: { idleMs: 5, totalMs: 2 } });
    const origins = [["type"], ["list"], ["deadlines", "idleMs"], ["deadlines", "totalMs"]].map(
      (path) => provider && describeOrigin(provider.originOf(path)),
    );
    expect(origins).toEqual([
      "~/.config/chatport/config.toml line 2",
      "./chatport.toml line 2",
      "./chatport.toml line 3",
      "~/.config/chatport/config.toml line 6",
    ]);
  });

  test.each([
    ["CHATPORT_CONFIG", { env: { CHATPORT_CONFIG: "other.toml" } }],
    ["--config", { env: { CHATPORT_CONFIG: "absent.toml" }, flags: { config: "other.toml" } }],
  ])("%s takes the place of both files", async (_name, options) => {
    await using folders = await configFolders();
    await folders.user(`provider = "one"\n${twoProviders}`);
    await folders.project('provider = "two"');
    await folders.file("other.toml", '[providers.only]\ntype = "guide"');
    const configuration = await folders.load(options);
    expect([...configuration.providers.keys()]).toEqual(["only"]);
    expect(configuration.files).toEqual(["other.toml"]);
    expect(describeOrigin(configuration.origin)).toBe("other.toml line 1");
  });

  test("only the working folder's file counts, not its parents'", async () => {
    await using folders = await configFolders();
    await folders.project('[providers.parent]\ntype = "guide"');
    await folders.file("below/x", "");
    expect((await folders.load({ cwd: join(folders.cwd, "below") })).provider).toBe("guide");
  });

  test("XDG_CONFIG_HOME moves the user's file, on a Mac too; a relative one is ignored", async () => {
    await using folders = await configFolders();
    await folders.user('[providers.usual]\ntype = "guide"');
    await folders.file("xdg/chatport/config.toml", '[providers.moved]\ntype = "guide"');
    const load = async (folder: string) => (await folders.load({ platform: "darwin", env: { XDG_CONFIG_HOME: folder } })).provider;
    expect(await load(join(folders.cwd, "xdg"))).toBe("moved");
    expect(await load("xdg")).toBe("usual");
  });

  test("a file may begin with a byte order mark and end its lines with CRLF", async () => {
    await using folders = await configFolders();
    await folders.project('\uFEFFprovider = "x"\r\n[providers.x]\r\ntype = "guide"\r\n');
    expect((await folders.load()).provider).toBe("x");
  });
});
