import { describe, expect, test } from "vitest";
import { describeOrigin } from "../../src/config/index.js";
import { usualProbes } from "../../src/config/local-servers.js";
import { configFolders } from "../support/config-folders.js";
import { type Answers, llamacpp, lmstudio, loadOnce, ollama, probe, serve } from "../support/model-servers.js";

describe("a model server on this machine answers when nothing is configured", () => {
  test.each([
    ["ollama", ollama, { type: "ollama", model: "qwen3:8b" }, ""],
    ["lmstudio", lmstudio, { type: "openai-compatible", preset: "lmstudio", model: "busy" }, "/v1"],
    ["llamacpp", llamacpp, { type: "openai-compatible", preset: "llamacpp", model: "model.gguf" }, "/v1"],
  ])("%s, once it has identified itself", async (name, answers, settings, path) => {
    const { url, asked } = await serve(answers);
    await using folders = await configFolders();
    const { origin, providers } = await loadOnce(name, folders, { localProbes: probe(name, url) });
    expect(describeOrigin(origin)).toBe(`the server at ${url}`);
    expect(providers.get(name)?.settings).toEqual({ ...settings, baseUrl: url + path });
    expect(asked.every((line) => line.startsWith("GET "))).toBe(true);
  });

  test.each<[string, Answers | "silence", { status?: number; delayMs?: number }?]>([
    ["is something else", { "/api/version": "<html>", "/health": { status: "ok" }, "/v1/models": { data: [] } }],
    ["has no model", { ...ollama, "/api/tags": { models: [] }, "/api/v0/models": { data: [] }, "/health": { status: "loading" } }],
    ["says nothing", "silence"],
    ["says more than anybody reads", { ...ollama, "/api/version": { version: "x".repeat(1024 * 1024) } }],
    ["refuses to answer", ollama, { status: 403 }],
    ["answers after more than 300 ms", ollama, { delayMs: 1_500 }],
  ])("but not one that %s: then the guide does", async (_why, answers, behaviour) => {
    const { url } = await serve(answers, behaviour);
    await using folders = await configFolders();
    const localProbes = usualProbes.map((usual) => ({ ...usual, url }));
    expect((await folders.load({ localProbes })).provider).toBe("guide");
  });

  test("Ollama's first model that is not for embedding alone is the one that chats", async () => {
    const embedders = [
      { name: "nomic-embed-text:latest", details: { family: "nomic-bert" } },
      { name: "all-minilm:latest", details: { family: "bert" } },
      { name: "qwen3-embedding:0.6b", details: { family: "qwen3" } },
    ];
    const chat = { name: "qwen3:8b", details: { family: "qwen3" } };
    await using folders = await configFolders();
    for (const [models, answering] of [
      [[...embedders, chat], "ollama"],
      [embedders, "guide"],
    ] as const) {
      const { url } = await serve({ ...ollama, "/api/tags": { models } });
      const { providers } = await loadOnce(answering, folders, { localProbes: probe("ollama", url) });
      if (answering === "ollama") expect(providers.get("ollama")?.settings["model"]).toBe("qwen3:8b");
    }
  });

  test("the first of them in their order, although one before it says nothing", async () => {
    const [silent, second] = [await serve("silence"), await serve(llamacpp)];
    await using folders = await configFolders();
    const localProbes = [...probe("ollama", silent.url), ...probe("llamacpp", second.url)];
    await loadOnce("llamacpp", folders, { localProbes });
    expect(silent.asked).toContain("GET /api/version");
  });

  test.each([
    ["a key is set", { env: { OPENAI_API_KEY: "k" } }],
    ["a provider is chosen", { flags: { provider: "guide" } }],
    ["CHATPORT_PROBE is off", { env: { CHATPORT_PROBE: "off" } }],
  ])("and none is asked when %s", async (_why, options) => {
    const { url, asked } = await serve(ollama);
    await using folders = await configFolders();
    await folders.load({ ...options, localProbes: probe("ollama", url) });
    expect(asked).toEqual([]);
  });
});
