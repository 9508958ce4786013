import { createHash } from "node:crypto";
import { realpath } from "node:fs/promises";
import { userInfo } from "node:os";
import { isAbsolute, join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { configPaths, loadConfiguration, trustProjectFile } from "../../src/config/index.js";
import { compose } from "../../src/di/compose.js";
import { type ConfigFolders, configFolders } from "../support/config-folders.js";

const mine = '[providers.mine]\ntype = "guide"';

/** The program is started in the working folder, as a shell does it. */
async function inFolder(): Promise<ConfigFolders> {
  const folders = await configFolders();
  const before = process.cwd();
  process.chdir(folders.cwd);
  onTestFinished(() => process.chdir(before));
  return folders;
}

/** A list of trusted files that came with the folder, for a file in it. */
async function forgedTrust(folders: ConfigFolders, folder: string, toml: string): Promise<string> {
  const hash = createHash("sha256").update(toml).digest("hex");
  const files = { [join(await realpath(folders.cwd), "chatport.toml")]: hash };
  return folders.file(join(folder, "chatport", "trust.json"), JSON.stringify({ version: 1, files }), 0o600);
}

describe.each(["", ".", "folder"])("a home folder %j, which is no absolute path,", (home) => {
  test("makes no file of the working folder the user's own", async () => {
    await using folders = await inFolder();
    await folders.file(join(home, ".config", "chatport", "config.toml"), mine);
    expect((await folders.load({ home })).provider).toBe("guide");
    expect((await configPaths({ cwd: folders.cwd, home, env: {} })).map(({ scope }) => scope)).toEqual(["project"]);
  });

  test("makes no list in the working folder the list of trusted files", async () => {
    await using folders = await inFolder();
    await folders.untrusted(mine);
    await forgedTrust(folders, join(home, ".local", "state"), mine);
    await expect(folders.load({ home })).rejects.toMatchObject({ code: "untrusted" });
  });

  test("is not where trust is kept", async () => {
    await using folders = await inFolder();
    await folders.untrusted(mine);
    await expect(trustProjectFile({ cwd: folders.cwd, home, env: {} })).rejects.toMatchObject({
      code: "unreadable",
      message: "The list of trusted files has no place, as HOME is not an absolute path, and this user has no home folder.",
    });
  });

  test("is no place that ~ stands for: not of a key, nor of a chosen file", async () => {
    await using folders = await inFolder();
    await folders.file(join(home, "key"), "sk-from-the-folder", 0o600);
    await folders.file("chosen.toml", '[providers.x]\ntype = "openai"\napiKey = "file:~/key"');
    const configuration = await folders.load({ home, flags: { config: "chosen.toml" } });
    expect(() => compose(configuration)).toThrow(/^chosen\.toml:3: No key for the provider "x": "~" stands for no folder, as HOME is not/);
    await expect(folders.load({ home, flags: { config: "~/chosen.toml" } })).rejects.toMatchObject({
      code: "unreadable",
      message: expect.stringMatching(/^~\/chosen\.toml: The file cannot be read: "~" stands for no folder/),
    });
    await expect(folders.load({ home, flags: { config: "absent.toml" } })).rejects.toThrow("there is none");
  });

  test("gives way to what the system says of the user, where the environment says it", async () => {
    vi.stubEnv("HOME", home);
    onTestFinished(() => void vi.unstubAllEnvs());
    const [user] = await configPaths({ env: { HOME: home }, platform: "linux" });
    expect(user?.path).toBe(join(userInfo().homedir, ".config", "chatport", "config.toml"));
  });
});

describe("a folder that a variable names by a relative path is ignored", () => {
  test.each(["XDG_CONFIG_HOME", "XDG_STATE_HOME"])("%s", async (variable) => {
    await using folders = await inFolder();
    await folders.untrusted(mine);
    await folders.file("chatport/config.toml", '[providers.planted]\ntype = "guide"');
    await forgedTrust(folders, ".", mine);
    const loaded = loadConfiguration({ home: folders.home, cwd: folders.cwd, env: { [variable]: "." }, platform: "linux" });
    await expect(loaded).rejects.toMatchObject({ code: "untrusted" });
  });

  test.each(["data", "C:data", ".", "", undefined])("APPDATA and LOCALAPPDATA: %j", async (value) => {
    const home = "C:\\Users\\me";
    const env = { APPDATA: value, LOCALAPPDATA: value };
    const [user] = await configPaths({ home, cwd: "/", env, platform: "win32" });
    expect(user?.path).toBe(`${home}\\AppData\\Roaming\\chatport\\config.toml`);
  });

  test("and an absolute one is not", async () => {
    const [user] = await configPaths({ home: "C:\\Users\\me", cwd: "/", env: { APPDATA: "D:\\data" }, platform: "win32" });
    expect(user?.path).toBe("D:\\data\\chatport\\config.toml");
  });
});

test("where there is no home folder, an absolute XDG_CONFIG_HOME and XDG_STATE_HOME still count", async () => {
  await using folders = await configFolders();
  await folders.untrusted(mine);
  const env = { XDG_CONFIG_HOME: join(folders.cwd, "xdg"), XDG_STATE_HOME: join(folders.cwd, "state") };
  await trustProjectFile({ cwd: folders.cwd, home: "", env, platform: "linux" });
  await folders.file("xdg/chatport/config.toml", '[providers.other]\ntype = "guide"');
  const { providers } = await folders.load({ home: "", env, flags: { provider: "mine" } });
  expect([...providers.keys()]).toEqual(["other", "mine"]);
  expect((await configPaths({ cwd: folders.cwd, home: "", env })).every(({ path }) => isAbsolute(path))).toBe(true);
});
