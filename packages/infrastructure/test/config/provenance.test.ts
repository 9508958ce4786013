import { describe, expect, test } from "vitest";
import { describeOrigin } from "../../src/config/index.js";
import { configFolders } from "../support/config-folders.js";

const canary = "sk-canary-7f3a";

describe("where a setting comes from", () => {
  test("each source that sets it, the one that counts first", async () => {
    await using folders = await configFolders();
    await folders.user('provider = "a"\n[providers.a]\ntype = "openai"\nmodel = "user"\n[providers.a.deadlines]\nidleMs = 1\ntotalMs = 2');
    await folders.project('provider = "a"\n[providers.a]\nmodel = "project"\ndeadlines.idleMs = 5');
    const configuration = await folders.load({ env: { CHATPORT_MODEL: "variable" }, flags: { model: "flag" } });
    const lines = configuration
      .provenance()
      .map(({ key, value, origin, overrides }) => [
        key,
        ...[{ value, origin }, ...overrides].map((source) => `${String(source.value)} from ${describeOrigin(source.origin)}`),
      ]);
    const file = "~/.config/chatport/config.toml";
    expect(lines).toEqual([
      ["provider", "a from ./chatport.toml line 1", `a from ${file} line 1`],
      ["providers.a.type", `openai from ${file} line 3`],
      [
        "providers.a.model",
        "flag from flag --model",
        "variable from environment variable CHATPORT_MODEL",
        "project from ./chatport.toml line 3",
        `user from ${file} line 4`,
      ],
      ["providers.a.deadlines.idleMs", "5 from ./chatport.toml line 4", `1 from ${file} line 6`],
      ["providers.a.deadlines.totalMs", `2 from ${file} line 7`],
    ]);
  });

  test("of a provider that nobody configured: the variable that brought it", async () => {
    await using folders = await configFolders();
    const { provenance } = await folders.load({ env: { OPENAI_API_KEY: canary, OPENAI_BASE_URL: "https://u:p@h.example/v1?k=1" } });
    expect(provenance().map(({ key, value, origin }) => [key, value, describeOrigin(origin)])).toEqual([
      ["providers.openai.type", "openai", "environment variable OPENAI_API_KEY"],
      ["providers.openai.apiKey", "env:OPENAI_API_KEY", "environment variable OPENAI_API_KEY"],
      ["providers.openai.baseUrl", "https://h.example/v1?[hidden]", "environment variable OPENAI_BASE_URL"],
    ]);
  });
});

describe("a key is never among the values", () => {
  test.each([
    `apiKey = "${canary}"`,
    `apiKey = "env:${canary}"`,
    `apiKey = "file:${canary}"`,
    `apiKey = 'command:["pass", "${canary}"]'`,
    `apiKey = 'command:["${canary}"]'`,
    `apiKey = 'command:${canary}'`,
    `apiKey = ["${canary}"]`,
    `headers = { x-anything = "${canary}" }`,
    `headers = { x = "bearer-${canary}" }`,
    `baseUrl = "https://user:${canary}@h.example/v1"`,
    `baseUrl = "https://h.example/v1?key=${canary}"`,
    `baseUrl = "https://h.example:bad/${canary}"`,
    `model = "${canary}"`,
    `accessToken = "x${canary}"`,
    `extra = { password = "x${canary}" }`,
    `extra = [{ "client-secret" = "x${canary}" }]`,
  ])("%s", async (line) => {
    await using folders = await configFolders();
    await folders.user(`[providers.work]\ntype = "openai"\n${line}`);
    expect(JSON.stringify((await folders.load()).provenance())).not.toContain(canary);
  });

  test("nor of a value that is overridden", async () => {
    await using folders = await configFolders();
    await folders.user(`[providers.work]\ntype = "openai"\napiKey = "${canary}"`);
    await folders.project('[providers.work]\napiKey = "env:WORK_KEY"');
    expect(JSON.stringify((await folders.load()).provenance())).not.toContain(canary);
  });
});
