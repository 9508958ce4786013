import { describe, expect, test } from "vitest";
import { configFolders } from "../support/config-folders.js";

const baseUrl = "https://llm.example/v1";

async function openAIWith(env: Readonly<Record<string, string>>, user = "") {
  await using folders = await configFolders();
  await folders.user(user);
  const { guessesModel, providers } = await folders.load({ env });
  return { guessesModel, settings: providers.get("openai")?.settings };
}

describe("OPENAI_BASE_URL", () => {
  test.each([`${baseUrl}\n`, `${baseUrl}\r\n`, ` ${baseUrl}`, `${baseUrl} `])(
    "is read without what stands around it: %j",
    async (value) => {
      const keyed = await openAIWith({ OPENAI_API_KEY: "k", OPENAI_BASE_URL: value });
      expect(keyed).toEqual({ guessesModel: true, settings: { type: "openai", apiKey: "env:OPENAI_API_KEY", baseUrl } });
      expect((await openAIWith({ OPENAI_BASE_URL: value })).settings).toMatchObject({ type: "openai-compatible", baseUrl });
    },
  );

  test("that is blank is none", async () => {
    const env = { OPENAI_API_KEY: "k", OPENAI_BASE_URL: " \n" };
    expect(await openAIWith(env)).toEqual({ guessesModel: false, settings: { type: "openai", apiKey: "env:OPENAI_API_KEY" } });
  });

  test("counts for a table without a type, and not for one that says where it goes by its type", async () => {
    const env = { OPENAI_API_KEY: "k", OPENAI_BASE_URL: baseUrl };
    expect((await openAIWith(env, '[providers.openai]\nmodel = "m"')).settings).toMatchObject({ baseUrl, apiKey: "env:OPENAI_API_KEY" });
    const typed = '[providers.openai]\ntype = "openai"\nmodel = "m"';
    expect((await openAIWith(env, typed)).settings).toEqual({ type: "openai", model: "m" });
  });
});
