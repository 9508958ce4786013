import { expect, test } from "vitest";
import { administer } from "../../src/index.js";
import { configFolders } from "../support/config-folders.js";

async function listed(toml: string) {
  await using folders = await configFolders();
  await folders.user(toml);
  return await administer({ home: folders.home, cwd: folders.cwd, env: {}, platform: "linux", localProbes: [] }).providers();
}

test("a preset is named, with the model that it brings", async () => {
  const table = '[providers.fast]\ntype = "openai-compatible"\npreset = "groq"\n';
  expect(await listed(table)).toMatchObject([{ name: "fast", type: "openai-compatible", preset: "groq", model: "openai/gpt-oss-20b" }]);
});

test("a table's own model goes before its preset's", async () => {
  const table = '[providers.fast]\ntype = "openai-compatible"\npreset = "groq"\nmodel = "mine"\n';
  expect(await listed(table)).toMatchObject([{ preset: "groq", model: "mine" }]);
});

test("who names no preset has none", async () => {
  const [plain] = await listed('[providers.plain]\ntype = "openai-compatible"\nbaseUrl = "http://127.0.0.1:1/v1"\nmodel = "m"\n');
  expect(plain).not.toHaveProperty("preset");
});

test("an unknown preset is a problem, not a model", async () => {
  const [wrong] = await listed('[providers.wrong]\ntype = "openai-compatible"\npreset = "grok"\n');
  expect(wrong).toMatchObject({ problem: expect.stringContaining('Did you mean "groq"?') });
  expect(wrong).not.toHaveProperty("preset");
});
