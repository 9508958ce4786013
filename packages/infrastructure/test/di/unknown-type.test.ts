import { describe, expect, test } from "vitest";
import { administer } from "../../src/index.js";
import { configFolders } from "../support/config-folders.js";

async function mistakes(table: string): Promise<readonly string[]> {
  await using folders = await configFolders();
  await folders.user(`[providers.x]\n${table}\n`);
  const read = administer({ home: folders.home, cwd: folders.cwd, env: {}, platform: "linux", localProbes: [] });
  return (await read.validate()).map(({ message }) => message.replace(/^~[^ ]+: /, ""));
}

const types = "openai, openai-compatible, azure-openai, anthropic, gemini, ollama, guide, fallback, routing, tape";

describe("a type that there is not", () => {
  test.each([
    ["opnai", "openai"],
    ["azure", "azure-openai"],
    ["azure_openai", "azure-openai"],
    ["google", "gemini"],
    ["google-genai", "gemini"],
    ["claude", "anthropic"],
    ["claude-haiku-5-5", "anthropic"],
    ["gpt", "openai"],
    ["chatgpt", "openai"],
    ["gpt-5-mini", "openai"],
    ["ollama-cloud", "ollama"],
    ["openai-compat", "openai-compatible"],
    ["router", "routing"],
  ])("%s: the one that was likely meant is %s", async (type, nearest) => {
    expect(await mistakes(`type = "${type}"`)).toEqual([
      `There is no provider type "${type}"; there is ${types}. Did you mean "${nearest}"?`,
    ]);
  });

  test.each([
    ["groq", "groq"],
    ["lm-studio", "lmstudio"],
    ["llama.cpp", "llamacpp"],
    ["grok", "xai"],
    ["misral", "mistral"],
    ["mistral-ai", "mistral"],
    ["OpenRouter", "openrouter"],
  ])("%s: what was likely meant is the preset %s", async (type, preset) => {
    expect(await mistakes(`type = "${type}"`)).toEqual([
      `There is no provider type "${type}", but a preset "${preset}": write type = "openai-compatible" and preset = "${preset}".`,
    ]);
  });

  test("nobody knows: the list alone", async () => {
    expect(await mistakes('type = "bedrock"')).toEqual([`There is no provider type "bedrock"; there is ${types}.`]);
  });
});

describe("a preset that is a type of its own", () => {
  test.each([
    ["ollama", "ollama"],
    ["openai", "openai"],
    ["anthropic", "anthropic"],
    ["gemini", "gemini"],
    ["claude", "anthropic"],
    ["azure", "azure-openai"],
  ])("%s", async (preset, type) => {
    expect(await mistakes(`type = "openai-compatible"\npreset = "${preset}"`)).toEqual([
      `There is no preset "${preset}", but a type "${type}": write type = "${type}" and no preset.`,
    ]);
  });

  test("is told beside what else is wrong with the table", async () => {
    expect(await mistakes('type = "openai-compatible"\npreset = "ollama"\nmodle = "m"')).toEqual(
      expect.arrayContaining([
        expect.stringContaining('There is no preset "ollama"'),
        expect.stringContaining('There is no setting "modle"'),
      ]),
    );
  });
});

test.each([
  ['type = "openai"\napiKey = ""', "apiKey"],
  ['type = "openai"\napiKey = " "', "apiKey"],
  ['type = "azure-openai"\nendpoint = "https://gateway.example"\nmodel = "m"\ntoken = ""', "token"],
])("a key's place that is empty is told as empty: %j", async (table, setting) => {
  const advice = `Write "env:NAME" for a key in an environment variable or "file:PATH" for one in a file, or leave the setting out.`;
  expect(await mistakes(table)).toEqual([`"providers.x.${setting}" is empty. ${advice}`]);
});
