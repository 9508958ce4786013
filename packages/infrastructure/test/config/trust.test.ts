import { chmod, chown, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { distrustProjectFile, loadConfiguration, trustProjectFile } from "../../src/config/index.js";
import { type ConfigFolders, configFolders } from "../support/config-folders.js";

const mine = '[providers.work]\ntype = "openai"\napiKey = "env:WORK_KEY"\n[providers.other]\ntype = "guide"\n';
const refused = (key: string, line: number, why = "you have not trusted the file") =>
  `./chatport.toml:${line}: "${key}" is refused, as ${why}: read it, and if it may decide where prompts and keys go, run "chatport config trust".`;

function surroundings({ home, cwd }: ConfigFolders) {
  return { home, cwd, env: {}, platform: "linux" } as const;
}

describe("a project file that is a link", () => {
  test("is not followed, not even to a file that is trusted: its relative paths would mean another folder", async () => {
    await using good = await configFolders();
    await using bad = await configFolders();
    await good.untrusted('[providers.x]\ntype = "guide"');
    await trustProjectFile(surroundings(good));
    await symlink(join(good.cwd, "chatport.toml"), join(bad.cwd, "chatport.toml"));
    await expect(loadConfiguration({ ...surroundings(good), cwd: bad.cwd })).rejects.toMatchObject({
      code: "unreadable",
      message: expect.stringContaining("it is a link"),
    });
  });

  test("is not trusted either, nor is what it leads to; and to take trust from it takes none from there", async () => {
    await using there = await configFolders();
    await using here = await configFolders();
    await there.untrusted('[providers.x]\ntype = "guide"');
    await symlink(join(there.cwd, "chatport.toml"), join(here.cwd, "chatport.toml"));
    await expect(trustProjectFile(surroundings(here))).rejects.toMatchObject({
      code: "unreadable",
      message: "chatport.toml: The file cannot be read (it is a link, and a project's file has to be one of its own).",
    });
    const asMe = { ...surroundings(here), cwd: there.cwd };
    await expect(loadConfiguration(asMe)).rejects.toMatchObject({ code: "untrusted" });
    await trustProjectFile(asMe);
    await distrustProjectFile(surroundings(here));
    expect((await loadConfiguration(asMe)).provider).toBe("x");
  });

  test("is another thing than a folder that is one: trust is the file's, by whatever way one came to it", async () => {
    await using folders = await configFolders();
    await folders.project('[providers.x]\ntype = "guide"');
    const link = join(folders.home, "link");
    await symlink(folders.cwd, link);
    expect((await loadConfiguration({ ...surroundings(folders), cwd: link })).provider).toBe("x");
  });
});

describe("a project file that the user has not trusted", () => {
  test("chooses one of the user's providers, its model, and parameters", async () => {
    await using folders = await configFolders();
    await folders.user(`provider = "other"\n${mine}`);
    await folders.untrusted(
      'provider = "work"\n[providers.work]\nmodel = "big"\nretry = false\ntemperature = 0.5\n[providers.work.deadlines]\nidleMs = 5',
    );
    const { provider, providers } = await folders.load();
    expect(provider).toBe("work");
    expect(providers.get("work")?.settings).toEqual({
      type: "openai",
      apiKey: "env:WORK_KEY",
      model: "big",
      retry: false,
      temperature: 0.5,
      deadlines: { idleMs: 5 },
    });
  });

  test.each<[string, string, string, number]>([
    ["code", 'plugins = ["evil"]', "plugins", 1],
    ["another server", '[providers.work]\nmodel = "m"\nbaseUrl = "https://evil.example/v1"', "providers.work.baseUrl", 3],
    ["another secret of the user's", '[providers.work]\napiKey = "env:AWS_SECRET_ACCESS_KEY"', "providers.work.apiKey", 2],
    ["a file of the user's", 'providers.work.apiKey = "file:~/.ssh/id_ed25519"', "providers.work.apiKey", 1],
    ["a command", `[providers.work]\napiKey = 'command:["sh", "-c", "id"]'`, "providers.work.apiKey", 2],
    ["headers", '[providers.work.headers]\nx-tenant = "evil"', "providers.work.headers", 1],
    ["another type, which talks to another server", '[providers.work]\ntype = "openai-compatible"', "providers.work.type", 2],
    ["a preset", '[providers.work]\npreset = "evil"', "providers.work.preset", 2],
    ["a provider of its own", 'provider = "new"\n[providers.new]\ntype = "guide"', "providers.new.type", 3],
    ["inside an inline table", 'providers = { work = { baseUrl = "https://evil.example" } }', "providers.work.baseUrl", 1],
    ["in a name that needs quotes", '[providers."my own"]\ntype = "guide"', 'providers."my own".type', 2],
    ["what nobody has heard of", "[providers.work]\nproxy = 1", "providers.work.proxy", 2],
  ])("cannot bring %s", async (_what, toml, key, line) => {
    await using folders = await configFolders();
    await folders.user(`provider = "work"\n${mine}`);
    await folders.untrusted(toml);
    await expect(folders.load()).rejects.toMatchObject({
      code: "untrusted",
      key,
      line,
      file: "./chatport.toml",
      message: refused(key, line),
    });
  });

  test("is not refused where it is chosen by name, which is an act of the user's", async () => {
    await using folders = await configFolders();
    await folders.untrusted('[providers.new]\ntype = "guide"');
    expect((await folders.load({ flags: { config: "chatport.toml" } })).provider).toBe("new");
    expect((await folders.load({ env: { CHATPORT_CONFIG: "chatport.toml" } })).provider).toBe("new");
  });

  test("is told of a typo in what it may set", async () => {
    await using folders = await configFolders();
    await folders.user(mine);
    await folders.untrusted('[providers.work]\nmodle = "big"');
    await expect(folders.load()).rejects.toMatchObject({ code: "untrusted", nearest: "model" });
  });
});

test("an untrusted file's typo is not told as a parameter that no built-in table has", async () => {
  await using folders = await configFolders();
  await folders.user(mine);
  await folders.untrusted("[providers.work]\ntemprature = 1");
  const error: unknown = await folders.load().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "untrusted", key: "providers.work.temprature" });
  expect(error).not.toHaveProperty("nearest");
});

describe("trust", () => {
  const toml = '[providers.new]\ntype = "openai-compatible"\nbaseUrl = "https://api.example/v1"\nmodel = "m"\napiKey = "env:NEW_KEY"';

  test("lets a file decide everything, and says what that is", async () => {
    await using folders = await configFolders();
    await folders.untrusted(toml);
    const trusted = await trustProjectFile(surroundings(folders));
    expect(trusted).toEqual({
      path: join(folders.cwd, "chatport.toml"),
      settings: [
        { key: "providers.new.type", value: "openai-compatible" },
        { key: "providers.new.baseUrl", value: "https://api.example/v1" },
        { key: "providers.new.apiKey", value: "env:NEW_KEY" },
      ],
    });
    expect((await folders.load()).provider).toBe("new");
  });

  test("ends when the content changes, or when it is taken back", async () => {
    await using folders = await configFolders();
    await folders.untrusted(toml);
    await trustProjectFile(surroundings(folders));
    await folders.untrusted(toml.replace("api.example", "evil.example"));
    await expect(folders.load()).rejects.toThrow(refused("providers.new.type", 2, "the file has changed since you trusted it"));
    await folders.untrusted(toml);
    expect((await folders.load()).provider).toBe("new");
    await distrustProjectFile(surroundings(folders));
    await expect(folders.load()).rejects.toThrow(refused("providers.new.type", 2));
  });

  test("belongs to one path: the same content elsewhere has none", async () => {
    await using folders = await configFolders();
    await folders.project(toml);
    await folders.file("below/chatport.toml", toml);
    const below = { ...surroundings(folders), cwd: join(folders.cwd, "below") };
    await expect(loadConfiguration(below)).rejects.toMatchObject({ code: "untrusted" });
  });

  test("is kept where only the user can read it, with hashes and nothing of the content", async () => {
    await using folders = await configFolders();
    await folders.untrusted(toml);
    await trustProjectFile(surroundings(folders));
    const store = join(folders.home, ".local", "state", "chatport", "trust.json");
    expect((await stat(store)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(store, "utf8"))).toEqual({
      version: 1,
      files: { [join(folders.cwd, "chatport.toml")]: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  test.each([
    ["others can change", async (store: string) => chmod(store, 0o666)],
    ["is no JSON", async (store: string) => writeFile(store, "{")],
    ["has another form", async (store: string) => writeFile(store, '{"version":2,"files":{}}')],
  ])("a list of trusted files that %s trusts nothing", async (_what, spoil) => {
    await using folders = await configFolders();
    await folders.project(toml);
    await spoil(join(folders.home, ".local", "state", "chatport", "trust.json"));
    await expect(folders.load()).rejects.toMatchObject({ code: "untrusted" });
  });

  test.skipIf(process.getuid?.() !== 0)(
    "a list of trusted files that is somebody else's trusts nothing (only root can make one)",
    async () => {
      await using folders = await configFolders();
      await folders.project(toml);
      await chown(join(folders.home, ".local", "state", "chatport", "trust.json"), 12_345, 12_345);
      await expect(folders.load()).rejects.toMatchObject({ code: "untrusted" });
    },
  );

  test("moves with XDG_STATE_HOME", async () => {
    await using folders = await configFolders();
    await folders.untrusted(toml);
    const env = { XDG_STATE_HOME: join(folders.cwd, "state") };
    await trustProjectFile({ ...surroundings(folders), env });
    expect((await folders.load({ env })).provider).toBe("new");
    await expect(folders.load()).rejects.toMatchObject({ code: "untrusted" });
  });

  test("can be taken from a file that has been removed, so that it does not count when it comes back", async () => {
    await using folders = await configFolders();
    await folders.project(toml);
    const path = join(folders.cwd, "chatport.toml");
    await rm(path);
    expect(await distrustProjectFile(surroundings(folders))).toEqual({ path });
    await folders.untrusted(toml);
    await expect(folders.load()).rejects.toMatchObject({ code: "untrusted" });
    await rm(path);
    await expect(distrustProjectFile(surroundings(folders))).rejects.toMatchObject({
      name: "ConfigException",
      code: "unreadable",
      message: expect.stringContaining("is not there, and has not been trusted"),
    });
  });

  test("needs a file that is there and is TOML", async () => {
    await using folders = await configFolders();
    await expect(trustProjectFile(surroundings(folders))).rejects.toMatchObject({ code: "unreadable" });
    await folders.untrusted("[");
    await expect(trustProjectFile(surroundings(folders))).rejects.toMatchObject({ code: "syntax", line: 1 });
  });
});

describe("a key goes to the server that it was configured with", () => {
  const user =
    '[providers.work]\ntype = "openai-compatible"\nbaseUrl = "https://a.example:8443/v1"\nmodel = "m"\napiKey = "env:WORK_KEY"\n';
  const headers =
    '[providers.work]\ntype = "openai-compatible"\nbaseUrl = "https://a.example/v1"\nmodel = "m"\nheaders = { x-token = "t" }\n';

  test.each([
    ["another host", user, 'baseUrl = "https://b.example:8443/v1"', "baseUrl"],
    ["another port", user, 'baseUrl = "https://a.example/v1"', "baseUrl"],
    ["another scheme", user, 'baseUrl = "http://a.example:8443/v1"', "baseUrl"],
    ["another vendor", user, 'type = "openai"', "type"],
    ["another preset", user, 'preset = "groq"', "preset"],
    ["from the vendor's own server to another", user.replace(/baseUrl.*\n/, ""), 'baseUrl = "https://b.example"', "baseUrl"],
    ["headers to another host", headers, 'baseUrl = "https://b.example"\nheaders = { x-more = "1" }', "baseUrl"],
  ])("and not to %s, even when a trusted project file asks for it", async (_what, below, above, setting) => {
    await using folders = await configFolders();
    await folders.user(below);
    await folders.project(`[providers.work]\n${above}`);
    await expect(folders.load()).rejects.toMatchObject({
      code: "untrusted",
      key: `providers.work.${setting}`,
      message:
        './chatport.toml:2: This would send the key of the provider "work" to a server that the key was not configured with. Give this provider a name and an apiKey of its own.',
    });
  });

  test.each([
    ["another path on the same server", 'baseUrl = "https://a.example:8443/v2"'],
    ["a server that brings its own key", 'baseUrl = "https://b.example/v1"\napiKey = "env:OTHER_KEY"'],
  ])("%s is fine", async (_what, above) => {
    await using folders = await configFolders();
    await folders.user(user);
    await folders.project(`[providers.work]\n${above}`);
    expect((await folders.load()).provider).toBe("work");
  });
});
