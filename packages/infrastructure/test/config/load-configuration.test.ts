import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeOrigin } from "../../src/config/index.js";
import { type Choice, choose } from "../support/choice.js";
import { configFolders } from "../support/config-folders.js";

const twoProviders = '[providers.one]\ntype = "guide"\n[providers.two]\ntype = "guide"\n';

describe("who answers", () => {
  const anyModel = '[providers.x]\ntype = "openai"\nmodel = "file"';
  const server = "http://127.0.0.1:1/v1";
  test.each<[provider: string, because: string, choice: Choice, origin: string, model?: string]>([
    ["guide", "nothing is configured", {}, "the defaults"],
    [
      "guide",
      "variables that are empty are not set",
      { env: { OPENAI_API_KEY: "", OPENAI_BASE_URL: "", CHATPORT_PROVIDER: "" } },
      "the defaults",
    ],
    ["openai", "a key is set", { env: { OPENAI_API_KEY: "k" } }, "environment variable OPENAI_API_KEY"],
    ["openai", "a server is set", { env: { OPENAI_BASE_URL: server } }, "environment variable OPENAI_BASE_URL", "gpt-5-mini"],
    [
      "anthropic",
      "only Anthropic's key is set",
      { env: { ANTHROPIC_API_KEY: "k", GEMINI_API_KEY: "k" } },
      "environment variable ANTHROPIC_API_KEY",
    ],
    [
      "gemini",
      "Gemini's key is set, before a preset's",
      { env: { GROQ_API_KEY: "k", GEMINI_API_KEY: "k" } },
      "environment variable GEMINI_API_KEY",
    ],
    ["groq", "a preset's key is set", { env: { GROQ_API_KEY: "k" } }, "environment variable GROQ_API_KEY", "openai/gpt-oss-20b"],
    [
      "openai",
      "OpenAI's key is set, among others",
      { env: { ANTHROPIC_API_KEY: "k", GEMINI_API_KEY: "k", OPENAI_API_KEY: "k" } },
      "environment variable OPENAI_API_KEY",
    ],
    [
      "groq",
      "another provider with a key is there by name",
      { env: { GROQ_API_KEY: "k", OPENAI_API_KEY: "k" }, flags: { provider: "groq" } },
      "flag --provider",
      "openai/gpt-oss-20b",
    ],
    [
      "mine",
      "a provider is configured, and a key is set",
      { project: '[providers.mine]\ntype = "guide"', env: { OPENAI_API_KEY: "k" } },
      "./chatport.toml line 1",
    ],
    ["one", "the user's file chooses", { user: `provider = "one"\n${twoProviders}` }, "~/.config/chatport/config.toml line 1"],
    [
      "two",
      "the project's file is above the user's",
      { user: `provider = "one"\n${twoProviders}`, project: '\nprovider = "two"' },
      "./chatport.toml line 2",
    ],
    [
      "two",
      "the environment is above files",
      { project: `provider = "one"\n${twoProviders}`, env: { CHATPORT_PROVIDER: "two" } },
      "environment variable CHATPORT_PROVIDER",
    ],
    [
      "one",
      "a flag is above the environment",
      { project: twoProviders, env: { CHATPORT_PROVIDER: "two" }, flags: { provider: "one" } },
      "flag --provider",
    ],
    ["guide", "the guide is there by name", { env: { OPENAI_API_KEY: "k" }, flags: { provider: "guide" } }, "flag --provider"],
    ["x", "a model in the file", { project: anyModel }, "./chatport.toml line 1", "file"],
    ["x", "CHATPORT_MODEL is above the file's", { project: anyModel, env: { CHATPORT_MODEL: "env" } }, "./chatport.toml line 1", "env"],
    [
      "openai",
      "--model is above CHATPORT_MODEL",
      { env: { CHATPORT_MODEL: "env", OPENAI_API_KEY: "k" }, flags: { model: "flag" } },
      "environment variable OPENAI_API_KEY",
      "flag",
    ],
    [
      "openai",
      "--model names the implicit server's model",
      { env: { OPENAI_BASE_URL: server }, flags: { model: "flag" } },
      "environment variable OPENAI_BASE_URL",
      "flag",
    ],
  ])("%s, because %s", async (provider, _because, choice, origin, model) => {
    expect(await choose(choice)).toEqual({ provider, origin, model });
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
