import { Secret } from "@chatport/domain";
import { describe, expect, expectTypeOf, test, vi } from "vitest";
import { ollamaHistoryRules, type OllamaConfig, ollamaProviderFactory } from "../../../src/providers/ollama/index.js";
import { serverUrl } from "../../../src/providers/ollama/base-url.js";
import type { OllamaProviderTable } from "../../../src/providers/ollama/ollama-config.js";

/** As the configuration's loader sees it: through the Standard Schema interface. */
async function read(table: unknown) {
  const result = await ollamaProviderFactory.configSchema["~standard"].validate(table);
  return result.issues === undefined
    ? result.value
    : result.issues.map(({ message, path = [] }) => `${path.map(String).join(".")}: ${message}`);
}

describe("an ollama table", () => {
  test("needs a model alone, and may say everything", async () => {
    expect(await read({ type: "ollama", model: "llama3.2" })).toEqual({ type: "ollama", model: "llama3.2" });
    const table = {
      type: "ollama",
      model: "gpt-oss:120b",
      baseUrl: "https://ollama.com",
      apiKey: "env:OLLAMA_API_KEY",
      keepAlive: "10m",
      numCtx: 32_768,
      headers: { "X-Team": "blue" },
      deadlines: { headersMs: 1000 },
      limits: { lineChars: 1000 },
      retry: false,
    };
    expect(await read(table)).toEqual(table);
    expect(await read({ model: "m", keepAlive: -1 })).toEqual({ model: "m", keepAlive: -1 });
  });

  test("is most of an adapter's configuration as it stands", () => {
    expectTypeOf<Omit<OllamaProviderTable, "type" | "apiKey">>().toExtend<OllamaConfig>();
  });

  test.each([
    ["no model", {}, ['model: Expected the model\'s id, such as "qwen3:8b".']],
    ["another type", { type: "openai", model: "m" }, ['type: Expected "ollama".']],
    ["an unknown key", { model: "m", num_ctx: 1 }, [expect.stringMatching(/^: Unknown: num_ctx\. Known: .*numCtx/u)]],
    ["no context", { model: "m", numCtx: 0 }, [expect.stringMatching(/^numCtx: Expected the context's size/u)]],
    ["a list to keep alive", { model: "m", keepAlive: [] }, [expect.stringMatching(/^keepAlive: Expected a duration/u)]],
    [
      "the whole path",
      { model: "m", baseUrl: "http://127.0.0.1:11434/api/chat" },
      [expect.stringMatching(/^baseUrl: .*must end before \/api\/chat/u)],
    ],
    ["a key in the file", { model: "m", apiKey: "canary" }, [expect.stringMatching(/^apiKey: Expected a reference to the key/u)]],
  ])("with %s is refused, and says why", async (_what, table, problems) => {
    expect(await read(table)).toEqual(problems);
  });

  test("makes a provider of its own name, and asks for a key only when it names one", () => {
    const secret = vi.fn<(reference: string) => Secret>(() => new Secret("key"));
    const provider = (): never => {
      throw new Error("There is no other provider.");
    };
    const dependencies = { name: "local", secret, provider };
    expect(ollamaProviderFactory.create({ model: "m" }, dependencies)).toMatchObject({ name: "local", vendor: "ollama" });
    expect(secret).not.toHaveBeenCalled();
    ollamaProviderFactory.create({ model: "m", apiKey: "env:OLLAMA_API_KEY" }, dependencies);
    expect(secret.mock.calls).toEqual([["env:OLLAMA_API_KEY"]]);
  });
});

describe("where the server is", () => {
  test.each([
    [undefined, "http://127.0.0.1:11434"],
    ["http://localhost:11434/", "http://localhost:11434"],
    ["http://localhost:11434/api", "http://localhost:11434"],
    ["https://ollama.com/api/", "https://ollama.com"],
    ["https://proxy.example/ollama/api", "https://proxy.example/ollama"],
  ])("%s is %s", (given, url) => {
    expect(serverUrl(given)).toBe(url);
  });

  test("is the origin of its state, without any path", () => {
    expect(ollamaHistoryRules({}).origin).toBe("http://127.0.0.1:11434");
    expect(ollamaHistoryRules({ baseUrl: "https://proxy.example/ollama" }).origin).toBe("https://proxy.example");
  });
});
