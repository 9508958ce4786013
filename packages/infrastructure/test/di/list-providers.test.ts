import { describe, expect, test } from "vitest";
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

describe("a group of providers has a problem", () => {
  const group = (name: string, ...members: readonly string[]) =>
    `[providers.${name}]\ntype = "fallback"\nproviders = ${JSON.stringify(members)}\n`;
  const guide = '[providers.guide]\ntype = "guide"\n';

  test("when it would contain itself, and when it leads to such a one", async () => {
    const problem = expect.stringContaining("would contain itself: a → b → a.");
    expect(await listed(`provider = "guide"\n${group("a", "b")}${group("b", "a")}${group("z", "guide", "a")}${guide}`)).toEqual([
      expect.objectContaining({ name: "a", problem }),
      expect.objectContaining({ name: "b", problem }),
      expect.objectContaining({ name: "z", problem }),
      expect.not.objectContaining({ problem: expect.anything() }),
    ]);
  });

  test("when one of its providers is not there", async () => {
    const [wrong, right] = await listed(`provider = "a"\n${group("a", "guied")}${group("b", "guide")}${guide}`);
    expect(wrong?.problem).toBe(
      '~/.config/chatport/config.toml:4: The provider "a" uses "guied", which is not configured. Did you mean "guide"?',
    );
    expect(right).not.toHaveProperty("problem");
  });

  test("but none when one of its providers has one, which stands there", async () => {
    const [whole, wrong] = await listed(`provider = "a"\n${group("a", "b")}[providers.b]\ntype = "guide"\nmodle = "m"\n`);
    expect(whole).not.toHaveProperty("problem");
    expect(wrong?.problem).toContain('There is no setting "modle"');
  });
});
