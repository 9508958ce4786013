import { describe, expect, test, vi } from "vitest";
import { describeOrigin, type LoadOptions } from "../../src/config/index.js";
import { usualProbes } from "../../src/config/local-servers.js";
import { configFolders } from "../support/config-folders.js";
import { type Answers, llamacpp, lmstudio, loadOnce, ollama, patience, probe, serve } from "../support/model-servers.js";

describe("a model server on this machine can be named while nothing is configured", () => {
  const answers = { ollama, lmstudio, llamacpp };
  const models = { ollama: "qwen3:8b", lmstudio: "busy", llamacpp: "model.gguf" };
  const titles = { ollama: "Ollama", lmstudio: "LM Studio", llamacpp: "llama.cpp" };
  const names = ["ollama", "lmstudio", "llamacpp"] as const;

  /** All three are there; what each was asked. */
  async function serveAll() {
    const servers = { ollama: await serve(ollama), lmstudio: await serve(lmstudio), llamacpp: await serve(llamacpp) };
    const localProbes = names.flatMap((name) => probe(name, servers[name].url));
    return { localProbes, asked: (name: (typeof names)[number]) => servers[name].asked };
  }

  describe.each(names)("%s", (name) => {
    const otherName = names.find((other) => other !== name);
    test.each<[by: string, options: LoadOptions, origin: string, model?: string]>([
      ["-p", { flags: { provider: name } }, "flag --provider"],
      ["CHATPORT_PROVIDER", { env: { CHATPORT_PROVIDER: name } }, "environment variable CHATPORT_PROVIDER"],
      ["-m", { flags: { model: `${name}/some/model:8b` } }, "flag --model", "some/model:8b"],
      ["CHATPORT_MODEL", { env: { CHATPORT_MODEL: `${name}/m` } }, "environment variable CHATPORT_MODEL", "m"],
      ["-p and -m", { flags: { provider: name, model: "m" } }, "flag --provider", "m"],
    ])("by %s, and no other is asked", async (_by, options, chosenBy, model = models[name]) => {
      const { localProbes, asked } = await serveAll();
      await using folders = await configFolders();
      const { origin, providers } = await loadOnce(name, folders, { ...options, localProbes });
      expect(describeOrigin(origin)).toBe(chosenBy);
      expect([...providers.keys()]).toEqual([name]);
      expect(providers.get(name)?.settings).toMatchObject({ model });
      expect(asked(name).length).toBeGreaterThan(0);
      expect(asked(otherName ?? name)).toEqual([]);
    });

    test.each<[what: string, served: Answers | "silence"]>([
      ["says nothing", "silence"],
      ["is another", answers[otherName ?? name]],
    ])("and where what listens there %s, the error tells the address", async (_what, served) => {
      const { url } = await serve(served);
      await using folders = await configFolders();
      for (const flags of [{ provider: name }, { model: `${name}/m` }]) {
        await expect(folders.load({ flags, localProbes: probe(name, url) })).rejects.toMatchObject({
          code: "unknown-provider",
          key: "provider",
          message: `--${Object.keys(flags)[0]}: No ${titles[name]} answers at ${url} within 300 ms, or it has no model to chat with.`,
        });
      }
    });
  });

  test("by the user's file, which need not say more", async () => {
    const { localProbes } = await serveAll();
    await using folders = await configFolders();
    await folders.user('provider = "llamacpp"');
    await loadOnce("llamacpp", folders, { localProbes });
  });

  test("by a project's file that is not trusted, if it is the one that would answer anyway", async () => {
    const { localProbes, asked } = await serveAll();
    await using folders = await configFolders();
    await folders.untrusted('provider = "ollama"');
    await vi.waitFor(async () => expect((await folders.load({ localProbes })).provider).toBe("ollama"), patience);
    await folders.untrusted('provider = "llamacpp"');
    await expect(folders.load({ localProbes })).rejects.toMatchObject({ code: "untrusted", key: "provider" });
    expect(asked("ollama").length).toBeGreaterThan(0);
  });

  test.each<[why: string, user: string, env: Record<string, string>]>([
    ["a key is set", "", { GROQ_API_KEY: "k" }],
    ["a table exists", '[providers.work]\ntype = "guide"', {}],
    ["CHATPORT_PROBE is off", "", { CHATPORT_PROBE: "off" }],
  ])("but not when %s: none is asked, and the error says why", async (_why, user, env) => {
    const { localProbes, asked } = await serveAll();
    await using folders = await configFolders();
    await folders.user(user);
    await expect(folders.load({ env, flags: { provider: "ollama" }, localProbes })).rejects.toMatchObject({
      code: "unknown-provider",
      message: expect.stringMatching(
        /^--provider: There is no provider "ollama"; there is .* A model server of this machine is looked for only while no provider is configured, no key is set, and CHATPORT_PROBE is not off: give it a table, \[providers\.ollama\]\.$/,
      ),
    });
    await folders.load({ env, flags: { model: "ollama/m" }, localProbes: [] });
    expect(names.flatMap(asked)).toEqual([]);
  });

  test("and a name that is nearly one is told", async () => {
    await using folders = await configFolders();
    const loaded = folders.load({ flags: { provider: "olama" }, localProbes: usualProbes });
    await expect(loaded).rejects.toMatchObject({ code: "unknown-provider", nearest: "ollama" });
  });
});
