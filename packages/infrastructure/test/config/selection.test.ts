import { expect, test } from "vitest";
import { configFolders } from "../support/config-folders.js";

interface Case {
  readonly because: string;
  readonly env?: Record<string, string>;
  readonly flags?: { provider?: string; model?: string };
  readonly answers: string;
  readonly model?: string;
}

const configured = 'provider = "work"\n[providers.work]\ntype = "openai"\nmodel = "usual"\n[providers.router]\ntype = "openai"\n';

test.each<Case>([
  { because: "-m names both", flags: { model: "router/big" }, answers: "router", model: "big" },
  { because: "CHATPORT_MODEL names both", env: { CHATPORT_MODEL: "router/big" }, answers: "router", model: "big" },
  { because: "the model has slashes of its own", flags: { model: "router/meta/llama" }, answers: "router", model: "meta/llama" },
  { because: "no provider is called so", flags: { model: "meta/llama" }, answers: "work", model: "meta/llama" },
  {
    because: "a key variable does not make a configured file's prefix",
    env: { OPENAI_API_KEY: "k" },
    flags: { model: "openai/gpt" },
    answers: "work",
    model: "openai/gpt",
  },
  { because: "-p has chosen", flags: { provider: "router", model: "work/big" }, answers: "router", model: "work/big" },
  {
    because: "-p is above CHATPORT_MODEL",
    env: { CHATPORT_MODEL: "work/big" },
    flags: { provider: "router" },
    answers: "router",
    model: "work/big",
  },
  {
    because: "-m is above CHATPORT_PROVIDER",
    env: { CHATPORT_PROVIDER: "work" },
    flags: { model: "router/big" },
    answers: "router",
    model: "big",
  },
  { because: "nothing stands behind the slash", flags: { model: "router/" }, answers: "work", model: "router/" },
])("$answers answers with $model, because $because", async ({ env = {}, flags = {}, answers, model }) => {
  await using folders = await configFolders();
  await folders.user(configured);
  const { provider, providers } = await folders.load({ env, flags });
  expect([provider, providers.get(provider)?.settings["model"]]).toEqual([answers, model]);
});

test("without configuration the providers that exist by themselves have names, too", async () => {
  await using folders = await configFolders();
  const { provider, providers } = await folders.load({ env: { OPENAI_API_KEY: "k" }, flags: { model: "openai/gpt-5" } });
  expect([provider, providers.get(provider)?.settings["model"]]).toEqual(["openai", "gpt-5"]);
});

test("several providers and none chosen: the model's prefix chooses", async () => {
  await using folders = await configFolders();
  await folders.user('[providers.a]\ntype = "guide"\n[providers.b]\ntype = "openai"');
  expect((await folders.load({ flags: { model: "b/gpt-5" } })).provider).toBe("b");
});
