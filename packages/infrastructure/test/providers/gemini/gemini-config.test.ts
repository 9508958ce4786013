import { Secret } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { createGeminiProvider, type GeminiConfig, geminiHistoryRules, geminiProviderFactory } from "../../../src/providers/gemini/index.js";
import { parseJson } from "../../../src/http/json.js";
import { readTable } from "../../support/read-table.js";
import { sse } from "./gemini-server.js";

const read = (table: unknown): Promise<unknown> => readTable(geminiProviderFactory.configSchema, table);

describe("a gemini table", () => {
  test("needs nothing: model and address have defaults", async () => {
    expect(await read({})).toEqual({ model: "gemini-3.8-flash" });
  });

  test("takes the settings of every provider over HTTP", async () => {
    const table = {
      type: "gemini",
      model: "m",
      baseUrl: "http://127.0.0.1:1/v1beta/",
      apiKey: "env:K",
      retry: false,
      headers: { "x-a": "b" },
    };
    expect(await read(table)).toEqual({ ...table, baseUrl: "http://127.0.0.1:1/v1beta" });
  });

  test.each([
    [{ modle: "m" }, /^: Unknown: modle\./u],
    [{ headers: { "X-Goog-Api-Key": "k" } }, /^headers: Set apiKey instead/u],
    [{ apiKey: "AIzaSecret" }, /^apiKey: .*not the key itself/u],
    [{ baseUrl: "https://x/v1beta/models/m:streamGenerateContent" }, /^baseUrl: .*must end before/u],
  ])("%o is refused", async (table, problem) => {
    expect(await read(table)).toEqual([expect.stringMatching(problem)]);
  });
});

describe("the factory", () => {
  const asked: string[] = [];
  const dependencies = {
    name: "mine",
    provider: () => {
      throw new Error("none");
    },
    secret: (reference: string) => {
      asked.push(reference);
      return new Secret("AIza");
    },
  };

  test("reads the usual key for Google's own address alone", () => {
    geminiProviderFactory.create({ model: "m" }, dependencies);
    geminiProviderFactory.create({ model: "m", baseUrl: "http://127.0.0.1:1/v1beta" }, dependencies);
    const provider = geminiProviderFactory.create({ model: "m", apiKey: "env:OTHER" }, dependencies);
    expect(asked).toEqual(["env:GEMINI_API_KEY", "env:OTHER"]);
    expect(provider).toMatchObject({ name: "mine", vendor: "gemini" });
  });
});

test("the origin of the history rules is that of the base URL", () => {
  expect(geminiHistoryRules({ baseUrl: "http://127.0.0.1:8080/v1beta" }).origin).toBe("http://127.0.0.1:8080");
  expect(() => geminiHistoryRules({ baseUrl: "not a url" })).toThrow(TypeError);
});

describe("what is sent", () => {
  const answer = sse([{ candidates: [{ content: { parts: [{ text: "ok" }] }, finishReason: "STOP" }] }]);

  async function sentFor(model: string, providerOptions = {}, config: Partial<GeminiConfig> = {}) {
    const sent: Request[] = [];
    const fetch: typeof globalThis.fetch = async (input, init) => {
      sent.push(new Request(input, init));
      return new Response(answer);
    };
    const provider = createGeminiProvider({ model, apiKey: "AIza", retry: false, fetch, ...config });
    const messages = [{ role: "user", content: [{ type: "text", text: "hi" }] }] as const;
    for await (const _event of provider.stream({ messages, providerOptions }));
    return sent;
  }

  test("extraBody is merged over the body last", async () => {
    const [request] = await sentFor("m", { gemini: { topK: 3, extraBody: { generationConfig: { x: 1 }, y: 2 } } });
    expect(parseJson((await request?.text()) ?? "")).toMatchObject({ generationConfig: { x: 1 }, y: 2 });
  });

  test("a header that was configured by hand goes before the key", async () => {
    const [request] = await sentFor("m", {}, { headers: { "X-Goog-Api-Key": "by-hand" } });
    expect(request?.headers.get("x-goog-api-key")).toBe("by-hand");
    expect((await sentFor("m"))[0]?.headers.get("x-goog-api-key")).toBe("AIza");
  });

  test("a model's name cannot lead elsewhere", async () => {
    expect((await sentFor("a?b#c/d"))[0]?.url).toMatch(/\/models\/a%3Fb%23c\/d:streamGenerateContent\?alt=sse$/u);
    await expect(sentFor("models/../files")).rejects.toMatchObject({ code: "invalid-request" });
    await expect(sentFor("")).rejects.toMatchObject({ code: "invalid-request" });
  });
});

describe("the list of models", () => {
  const listing = (pages: readonly object[]) => {
    let next = 0;
    const urls: string[] = [];
    const fetch: typeof globalThis.fetch = async (input) => {
      urls.push(input instanceof Request ? input.url : String(input));
      return Response.json(pages[Math.min(next++, pages.length - 1)]);
    };
    return { urls, provider: createGeminiProvider({ model: "m", retry: false, fetch }) };
  };

  // https://ai.google.dev/api/models#Model
  const flash = {
    name: "models/gemini-3.8-flash",
    displayName: "Gemini 3.8 Flash",
    inputTokenLimit: 1_048_576,
    outputTokenLimit: 65_536,
    supportedGenerationMethods: ["generateContent"],
  };

  test("is read page by page, and holds what can generate content", async () => {
    const embedding = { name: "models/gemini-embedding-001", supportedGenerationMethods: ["embedContent"] };
    const { provider, urls } = listing([{ models: [flash, embedding], nextPageToken: "a b" }, { models: [{ name: "tunedModels/mine" }] }]);
    expect(await provider.listModels?.()).toEqual([
      { id: "gemini-3.8-flash", displayName: "Gemini 3.8 Flash", contextWindow: 1_048_576, maxOutputTokens: 65_536 },
      { id: "tunedModels/mine" },
    ]);
    expect(urls.map((url) => new URL(url).searchParams.get("pageToken"))).toEqual([null, "a b"]);
  });

  test("may be empty", async () => {
    expect(await listing([{}]).provider.listModels?.()).toEqual([]);
  });

  test("ends where a server goes round in circles", async () => {
    const { provider, urls } = listing([{ models: [flash], nextPageToken: "a" }]);
    expect(await provider.listModels?.()).toHaveLength(2);
    expect(urls).toHaveLength(2);
  });

  test("is no list when it is another document", async () => {
    await expect(listing([{ hello: 1 }]).provider.listModels?.()).rejects.toMatchObject({ code: "malformed" });
    await expect(
      listing([{ error: { code: 403, status: "PERMISSION_DENIED", message: "no" } }]).provider.listModels?.(),
    ).rejects.toMatchObject({
      code: "permission",
    });
  });
});
