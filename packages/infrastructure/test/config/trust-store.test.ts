import { mkdir, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { createTrustStore } from "../../src/config/trust-store.js";
import { configFolders } from "../support/config-folders.js";

test("a list of trusted files that cannot take the old one's place is told, and nothing of it stays behind", async () => {
  await using folders = await configFolders();
  const content = new Uint8Array([1]);
  const path = await folders.file("chatport.toml", content);
  const store = join(folders.home, ".local", "state", "chatport", "trust.json");
  // No file can take the place of a folder.
  await mkdir(store, { recursive: true });
  const trust = createTrustStore({ home: folders.home, cwd: folders.cwd, env: {}, platform: "linux" });
  await expect(trust.add(path, content)).rejects.toMatchObject({
    code: "unreadable",
    message: expect.stringContaining("~/.local/state/chatport/trust.json, cannot be written"),
  });
  expect(await readdir(dirname(store))).toEqual(["trust.json"]);
});
