import { expect, test } from "vitest";
import { type Choice, choose } from "../support/choice.js";

const configured = 'provider = "work"\n[providers.work]\ntype = "openai"\nmodel = "usual"\n[providers.router]\ntype = "openai"\n';

test.each<readonly [provider: string, model: string, because: string, choice: Choice]>([
  ["router", "big", "-m names both", { flags: { model: "router/big" } }],
  ["router", "big", "CHATPORT_MODEL names both", { env: { CHATPORT_MODEL: "router/big" } }],
  ["router", "meta/llama", "the model has slashes of its own", { flags: { model: "router/meta/llama" } }],
  ["work", "meta/llama", "no provider is called so", { flags: { model: "meta/llama" } }],
  [
    "work",
    "openai/gpt",
    "a key variable does not make a configured file's prefix",
    { env: { OPENAI_API_KEY: "k" }, flags: { model: "openai/gpt" } },
  ],
  ["router", "work/big", "-p has chosen", { flags: { provider: "router", model: "work/big" } }],
  ["router", "work/big", "-p is above CHATPORT_MODEL", { env: { CHATPORT_MODEL: "work/big" }, flags: { provider: "router" } }],
  ["router", "big", "-m is above CHATPORT_PROVIDER", { env: { CHATPORT_PROVIDER: "work" }, flags: { model: "router/big" } }],
  ["work", "router/", "nothing stands behind the slash", { flags: { model: "router/" } }],
])("%s answers with %s, because %s", async (provider, model, _because, choice) => {
  expect(await choose({ user: configured, ...choice })).toMatchObject({ provider, model });
});

test("without configuration the providers that exist by themselves have names, too", async () => {
  const chosen = await choose({ env: { OPENAI_API_KEY: "k" }, flags: { model: "openai/gpt-5" } });
  expect(chosen).toMatchObject({ provider: "openai", model: "gpt-5" });
});

test("several providers and none chosen: the model's prefix chooses", async () => {
  const user = '[providers.a]\ntype = "guide"\n[providers.b]\ntype = "openai"';
  expect(await choose({ user, flags: { model: "b/gpt-5" } })).toMatchObject({ provider: "b", model: "gpt-5" });
});
