import { describe, expect, expectTypeOf, test } from "vitest";
import { normalizeBaseUrl } from "../../../src/http/base-url.js";
import {
  baseUrlForm,
  defaultBaseUrl,
  openAICompatibleProviderSchema,
  type OpenAIConfig,
  openAIProviderSchema,
  type OpenAIProviderTable,
} from "../../../src/providers/openai/openai-config.js";
import { readTable } from "../../support/read-table.js";

const compatible = { model: "llama-3.3-70b", baseUrl: "http://127.0.0.1:8080/v1" };

describe("an openai table", () => {
  test("needs nothing", async () => {
    expect(await readTable(openAIProviderSchema, { type: "openai" })).toEqual({ type: "openai", model: "gpt-5-mini" });
  });

  test("may say everything", async () => {
    const table = {
      type: "openai",
      model: "gpt-5.4",
      baseUrl: "https://eu.api.openai.com/v1",
      apiKey: "env:OPENAI_API_KEY",
      organization: "org-1",
      project: "proj-1",
      headers: { "X-Team": "blue" },
      deadlines: { headersMs: 1000, firstTokenMs: 2000, idleMs: 3000, totalMs: Number.POSITIVE_INFINITY },
      limits: { lineChars: 1, eventChars: 2, totalBytes: 3, decodedBytes: 4 },
      maxTokensField: "max_tokens",
      systemRole: "developer",
      streamUsage: false,
      retry: { maxAttempts: 5, baseDelayMs: 0, maxDelayMs: 10, maxRetryAfterMs: 20, overallMs: 30 },
    };
    expect(await readTable(openAIProviderSchema, table)).toEqual(table);
    expect(await readTable(openAIProviderSchema, { ...table, retry: false })).toMatchObject({ retry: false });
  });

  test("is most of an adapter's configuration as it stands", () => {
    expectTypeOf<Omit<OpenAIProviderTable, "type" | "apiKey">>().toExtend<OpenAIConfig>();
  });
});

describe("an openai-compatible table", () => {
  test("needs an address and a model, and may say how its server differs from OpenAI's", async () => {
    expect(await readTable(openAICompatibleProviderSchema, compatible)).toEqual(compatible);
    const told = {
      ...compatible,
      maxTokensField: "max_completion_tokens",
      seedField: "random_seed",
      reasoningField: "reasoning_content",
      toolCallIds: "nine-alphanumerics",
      unsupported: ["json_schema", "logit_bias"],
    };
    expect(await readTable(openAICompatibleProviderSchema, told)).toEqual(told);
  });

  test("needs no more than a preset's name, where the preset has a model", async () => {
    expect(await readTable(openAICompatibleProviderSchema, { preset: "groq" })).toEqual({ preset: "groq" });
    expect(await readTable(openAICompatibleProviderSchema, { preset: "vllm" })).toEqual([
      expect.stringMatching(/^model: Expected the model's id/u),
    ]);
  });

  test("must say where and which model, or name a preset", async () => {
    expect(await readTable(openAICompatibleProviderSchema, { type: "openai-compatible" })).toEqual([
      'preset: Expected the name of a preset, such as "groq", or else baseUrl and model.',
    ]);
    expect(await readTable(openAICompatibleProviderSchema, { model: "m" })).toEqual([
      "baseUrl: Expected a URL, such as https://api.openai.com/v1, or a preset.",
    ]);
  });

  test.each([
    [{ preset: "deepseek" }, `the model's id, as the server lists it; the preset "deepseek" brings none`],
    [{ baseUrl: "http://127.0.0.1:8080/v1" }, "the model's id, as the server lists it"],
    [{ preset: "groq", model: "" }, "the model's id, as the server lists it"],
  ])("gives no model of OpenAI's as an example for another server: %j", async (table, what) => {
    expect(await readTable(openAICompatibleProviderSchema, table)).toEqual([`model: Expected ${what}.`]);
  });
});

describe("a mistake in a table is named with what was expected", () => {
  test.each([
    ["a table of another type", { type: "ollama" }, ['type: Expected "openai".']],
    ["an unknown key", { modle: "x" }, [expect.stringMatching(/^: Unknown: modle\. Known: type, model, baseUrl, /u)]],
    ["an unknown key further in", { deadlines: { total: 5 } }, [expect.stringMatching(/^deadlines: Unknown: total\. Known: headersMs, /u)]],
    ["an empty model", { model: "" }, [expect.stringMatching(/^model: Expected the model's id/u)]],
    [
      "a deadline of nothing",
      { deadlines: { idleMs: 0 } },
      ["deadlines.idleMs: Expected milliseconds, greater than 0; inf switches it off."],
    ],
    ["a limit as text", { limits: { lineChars: "1 MB" } }, [expect.stringMatching(/^limits\.lineChars: Expected a number of characters/u)]],
    ["a limit that is no number", { limits: { totalBytes: Number.NaN } }, [expect.stringMatching(/^limits\.totalBytes: /u)]],
    ["an unknown role", { systemRole: "root" }, ['systemRole: Expected "system" or "developer".']],
    ["an unknown field", { maxTokensField: "tokens" }, ['maxTokensField: Expected "max_completion_tokens" or "max_tokens".']],
    ["retries of the wrong kind", { retry: true }, ["retry: Expected false, or a table of retry settings."]],
    ["no attempt at all", { retry: { maxAttempts: 0 } }, ["retry.maxAttempts: Expected a whole number of attempts, 1 or more."]],
    ["an unknown key of retries", { retry: { max: 0 } }, [expect.stringMatching(/^retry: Unknown: max\. Known: maxAttempts, /u)]],
    ["a header with a line break", { headers: { "X-A": "a\r\nX-B: b" } }, [expect.stringMatching(/^headers\.X-A: Expected one line/u)]],
    ["a header's name with a space", { headers: { "X A": "a" } }, [expect.stringMatching(/^headers\.X A: /u)]],
    ["authorisation by hand", { headers: { authorization: "Bearer x" } }, ["headers: Set apiKey instead of the header Authorization."]],
    ["no table", "openai", [": Expected a table."]],
  ])("%s", async (_what, table, problems) => {
    expect(await readTable(openAIProviderSchema, table)).toEqual(problems);
  });

  test("a key in the file is refused without being repeated", async () => {
    const problems = await readTable(openAIProviderSchema, { apiKey: "sk-test-canary" });
    expect(problems).toEqual([expect.stringMatching(/^apiKey: Expected a reference to the key \(env:NAME, .*not the key itself/u)]);
    expect(JSON.stringify(problems)).not.toContain("canary");
  });
});

describe("a base URL", () => {
  test.each([
    ["https://api.openai.com/v1", "https://api.openai.com/v1"],
    ["https://api.openai.com/v1//", "https://api.openai.com/v1"],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
    ["http://127.0.0.1:8080/", "http://127.0.0.1:8080"],
    ["HTTPS://Example.COM:443/a%20b/", "https://example.com/a%20b"],
    ["http://[::1]:11434/v1", "http://[::1]:11434/v1"],
  ])("%s becomes %s", (given, normal) => {
    expect(normalizeBaseUrl(given, baseUrlForm)).toBe(normal);
  });

  test("is normalised in a table too", async () => {
    expect(await readTable(openAIProviderSchema, { baseUrl: "http://127.0.0.1:8080/v1/" })).toMatchObject({
      baseUrl: "http://127.0.0.1:8080/v1",
    });
  });

  test("is OpenAI's own by default, in its normal form", () => {
    expect(normalizeBaseUrl(defaultBaseUrl, baseUrlForm)).toBe(defaultBaseUrl);
  });

  test.each([
    ["api.openai.com/v1", /must be a whole URL/u],
    ["", /must be a whole URL/u],
    ["ftp://example.com/v1", /must begin with https:\/\/ or http:\/\//u],
    ["localhost:8080", /must begin with https:\/\/ or http:\/\//u],
    ["https://user:canary@example.com/v1", /must not hold a user name or password; set apiKey/u],
    ["https://example.com/v1?key=canary", /must not have a query/u],
    ["https://example.com/v1?", /must not have a query/u],
    ["https://example.com/v1#", /must not have a query \(\?\) or a fragment/u],
    ["https://example.com/v1#canary", /must not have a query \(\?\) or a fragment/u],
    ["https://api.openai.com/v1/chat/completions", /must end before \/chat\/completions/u],
  ])("%j is refused, and not repeated", async (given, problem) => {
    expect(() => normalizeBaseUrl(given, baseUrlForm)).toThrow(problem);
    const problems = await readTable(openAIProviderSchema, { baseUrl: given });
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(JSON.stringify(problems)).not.toContain("canary");
  });
});
