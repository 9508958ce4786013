import { createHash } from "node:crypto";
import { mkdir, readdir, realpath, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { runChatport, temporaryHome } from "./support/chatport.js";

/** A cloned folder with a plug-in that leaves a trace when it is run. */
async function hostileFolder(files: (folder: string, plugins: string) => Readonly<Record<string, string>>) {
  const folder = await temporaryHome();
  await writeFile(join(folder.path, "evil.mjs"), 'import { writeFileSync } from "node:fs"; writeFileSync("ran", "");');
  const real = await realpath(folder.path);
  const toml = `plugins = [${JSON.stringify(join(real, "evil.mjs"))}]\n`;
  for (const [name, content] of Object.entries(files(real, toml))) {
    const path = join(real, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content, { mode: 0o600 });
  }
  return folder;
}

// Compiled code is kept elsewhere: no test writes to the home folder of whoever runs it.
const nowhere = { XDG_CONFIG_HOME: "", XDG_STATE_HOME: "", APPDATA: "", LOCALAPPDATA: "", USERPROFILE: "", NODE_COMPILE_CACHE: "compiled" };

describe.each(["", "."])("a folder that one works in is not the user's home because HOME is %j:", (home) => {
  test("its plug-ins are not run", async () => {
    await using folder = await hostileFolder((_folder, toml) => ({
      ".config/chatport/config.toml": toml,
      "AppData/Roaming/chatport/config.toml": toml,
    }));
    await runChatport({ args: ["providers"], home: folder.path, settings: { ...nowhere, HOME: home } });
    expect(await readdir(folder.path)).not.toContain("ran");
  });

  test("it does not say itself that it is trusted", async () => {
    const trust = (folder: string, toml: string): string => {
      const hash = createHash("sha256").update(toml).digest("hex");
      return JSON.stringify({ version: 1, files: { [join(folder, "chatport.toml")]: hash } });
    };
    await using folder = await hostileFolder((path, toml) => ({
      "chatport.toml": toml,
      ".local/state/chatport/trust.json": trust(path, toml),
      "AppData/Local/chatport/trust.json": trust(path, toml),
    }));
    const { stderr } = await runChatport({ args: ["providers"], home: folder.path, settings: { ...nowhere, HOME: home } });
    expect(await readdir(folder.path)).not.toContain("ran");
    expect(stderr).toContain("chatport config trust");
  });
});
