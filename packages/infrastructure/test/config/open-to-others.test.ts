import { chmod, mkdir, realpath, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configFolders } from "../support/config-folders.js";

const toml = '[providers.x]\ntype = "guide"';
const file = "~/.config/chatport/config.toml";

test.skipIf(process.platform === "win32").each([".config/chatport", ".config", "."])(
  "the user's file in a folder that others can write to (%s) may be exchanged by them: a warning",
  async (folder) => {
    await using folders = await configFolders();
    await folders.user(toml);
    const open = join(folders.home, folder);
    await chmod(open, 0o777);
    expect((await folders.load()).warnings).toEqual([
      `Others on this machine can change ${file}, as they can write to the folder ${open}: run chmod o-w on that.`,
    ]);
    // As in /tmp: what lies there is its owner's.
    await chmod(open, 0o1777);
    expect((await folders.load()).warnings).toEqual([]);
    await chmod(open, 0o775);
    expect((await folders.load()).warnings).toEqual([]);
  },
);

test.skipIf(process.platform === "win32")("what a link leads to may be exchanged, too", async () => {
  await using folders = await configFolders();
  const target = await folders.file("open/config.toml", toml);
  const open = join(await realpath(folders.cwd), "open");
  await chmod(open, 0o777);
  await mkdir(join(folders.home, ".config/chatport"), { recursive: true });
  await symlink(target, join(folders.home, ".config/chatport/config.toml"));
  expect((await folders.load()).warnings).toEqual([
    `Others on this machine can change ${file}, as they can write to the folder ${open}: run chmod o-w on that.`,
  ]);
});

test.skipIf(process.platform === "win32")("a file that is open itself is warned about once, wherever it lies", async () => {
  await using folders = await configFolders();
  await folders.user(toml);
  await chmod(join(folders.home, ".config/chatport"), 0o777);
  await chmod(join(folders.home, ".config/chatport/config.toml"), 0o666);
  expect((await folders.load()).warnings).toEqual([`Others on this machine can change ${file}: run chmod o-w on it.`]);
});

test.skipIf(process.platform === "win32")("a chosen file's folder counts, and a project's does not, whose content is judged", async () => {
  await using folders = await configFolders();
  await folders.project(toml);
  await chmod(folders.cwd, 0o777);
  expect((await folders.load()).warnings).toEqual([]);
  expect((await folders.load({ flags: { config: "chatport.toml" } })).warnings).toEqual([
    `Others on this machine can change chatport.toml, as they can write to the folder ${folders.cwd}: run chmod o-w on that.`,
  ]);
});
