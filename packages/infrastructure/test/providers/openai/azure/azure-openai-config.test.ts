import { describe, expect, expectTypeOf, test } from "vitest";
import {
  type AzureOpenAIConfig,
  azureOpenAIProviderSchema,
  type AzureOpenAIProviderTable,
} from "../../../../src/providers/openai/azure/azure-openai-config.js";
import { createAzureOpenAIProvider } from "../../../../src/providers/openai/index.js";
import { readTable } from "../../../support/read-table.js";

const read = (table: unknown): Promise<unknown> => readTable(azureOpenAIProviderSchema, table);
const endpoint = "https://my-resource.openai.azure.com";
const small = { type: "azure-openai", endpoint, model: "my-deployment" };

describe("an azure-openai table", () => {
  test("needs an endpoint and a deployment", async () => {
    expect(await read(small)).toEqual(small);
    expect(await read({ type: "azure-openai", apiKey: "env:KEY" })).toEqual([
      'endpoint: Expected the resource\'s address, such as "https://my-resource.openai.azure.com".',
      'model: Expected the deployment\'s name, such as "my-gpt-5-mini".',
    ]);
  });

  test("may say everything", async () => {
    const table = {
      ...small,
      apiVersion: "2024-10-21",
      apiKey: "env:KEY",
      headers: { "X-Team": "blue" },
      deadlines: { idleMs: 3000 },
      limits: { lineChars: 1 },
      retry: { maxAttempts: 5 },
      api: "chat-completions",
      maxTokensField: "max_tokens",
      systemRole: "developer",
      streamUsage: false,
    };
    expect(await read(table)).toEqual(table);
    const { apiKey: _apiKey, ...rest } = table;
    const token = 'command:["az","account","get-access-token"]';
    expect(await read({ ...rest, token })).toEqual({ ...rest, token });
  });

  test("is most of an adapter's configuration as it stands", () => {
    expectTypeOf<Omit<AzureOpenAIProviderTable, "type" | "apiKey" | "token">>().toExtend<Omit<AzureOpenAIConfig, "apiKey" | "token">>();
  });

  test.each([["2024-10-21"], ["2025-04-01-preview"], ["preview"], ["v1"]])("knows the version %s", async (apiVersion) => {
    expect(await read({ ...small, apiVersion })).toEqual({ ...small, apiVersion });
  });
});

describe("a mistake in an azure-openai table is named with what was expected", () => {
  const set = "Set apiKey, the resource's key, or token, a token of Microsoft Entra ID.";
  test.each([
    ["a key and a token", { ...small, apiKey: "env:A", token: "env:B" }, "token: Set apiKey or token, not both: Azure takes one of them."],
    ["neither, for a server that is not Azure's", { ...small, endpoint: "https://gateway.example" }, `apiKey: ${set}`],
    ["neither, without TLS", { ...small, endpoint: "http://my-resource.openai.azure.com" }, `apiKey: ${set}`],
    ["neither, for a name that only looks like Azure's", { ...small, endpoint: "https://my-openai.azure.com.example" }, `apiKey: ${set}`],
    ["neither, for another port", { ...small, endpoint: `${endpoint}:8443` }, `apiKey: ${set}`],
    [
      "a base URL",
      { ...small, baseUrl: endpoint },
      expect.stringMatching(/^: Unknown: baseUrl\. Known: type, endpoint, model, apiVersion, /u),
    ],
    ["the key's header", { ...small, headers: { "API-Key": "x" } }, "headers: Set apiKey instead of the header api-key."],
    ["the token's header", { ...small, headers: { authorization: "x" } }, "headers: Set token instead of the header Authorization."],
    [
      "a version of the model",
      { ...small, apiVersion: "0613" },
      expect.stringMatching(/^apiVersion: Expected a version such as "2024-10-21" .* "v1" or "preview"/u),
    ],
    [
      "a setting of the other api",
      { ...small, api: "responses", streamUsage: false },
      'streamUsage: Expected no streamUsage beside api = "responses": it is a setting of Chat Completions.',
    ],
    ["another api", { ...small, api: "assistants" }, 'api: Expected "chat-completions" or "responses".'],
  ])("%s", async (_what, table, problem) => {
    expect(await read(table)).toEqual([problem]);
  });

  test.each(["apiKey", "token"])("a literal %s is refused without being repeated", async (setting) => {
    const problems = await read({ ...small, [setting]: "eyJ-canary" });
    expect(problems).toEqual([expect.stringMatching(/not the key itself/u)]);
    expect(JSON.stringify(problems)).not.toContain("canary");
  });
});

describe("an endpoint", () => {
  test.each([
    ["https://my-resource.openai.azure.com/", "https://my-resource.openai.azure.com"],
    ["https://my-resource.cognitiveservices.azure.com", "https://my-resource.cognitiveservices.azure.com"],
    ["https://my-resource.services.ai.azure.com//", "https://my-resource.services.ai.azure.com"],
    ["https://My-Resource.openai.azure.us:443", "https://my-resource.openai.azure.us"],
    ["https://gateway.azure-api.net/team/", "https://gateway.azure-api.net/team"],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ])("%s becomes %s", async (given, normal) => {
    expect(await read({ ...small, apiKey: "env:KEY", endpoint: given })).toMatchObject({ endpoint: normal });
  });

  const told = `endpoint: The endpoint is the resource's address alone: write endpoint = "${endpoint}"`;
  test.each([
    [
      `${endpoint}/openai/deployments/gpt-4o/chat/completions?api-version=2025-01-01-preview`,
      `${told}, model = "gpt-4o", apiVersion = "2025-01-01-preview".`,
    ],
    [`${endpoint}/openai/responses?api-version=2025-04-01-preview`, `${told}, apiVersion = "2025-04-01-preview".`],
    [`${endpoint}/openai/v1/chat/completions`, `${told}.`],
    [`${endpoint}/openai/v1/`, `${told}.`],
    [
      `${endpoint}/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21&api-key=canary`,
      `${told}, model = "gpt-4o", apiVersion = "2024-10-21".`,
    ],
    [
      "https://r.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview",
      /write endpoint = "https:\/\/r\.services\.ai\.azure\.com"/u,
    ],
    ["https://r.services.ai.azure.com/api/projects/canary", /write endpoint = "https:\/\/r\.services\.ai\.azure\.com"\.$/u],
    [
      "https://gateway.example/canary/openai/deployments/gpt-4o/chat/completions",
      /write as endpoint what stands before \/openai, .*model = "gpt-4o"/u,
    ],
    ["https://gateway.example/openai", /write endpoint = "https:\/\/gateway\.example"\.$/u],
    ["my-resource.openai.azure.com", /must be a whole URL, such as https:\/\/my-resource/u],
    ["my-resource", /must be a whole URL/u],
    ["ftp://my-resource.openai.azure.com", /must begin with https/u],
    ["https://user:canary@my-resource.openai.azure.com", /must not hold a user name or password; set apiKey or token/u],
    ["https://gateway.example?key=canary", /must not have a query/u],
  ])("%j is refused with what to write, and a secret in it is not repeated", async (given, problem) => {
    const problems = await read({ ...small, apiKey: "env:KEY", endpoint: given });
    expect(problems).toEqual([typeof problem === "string" ? problem : expect.stringMatching(problem)]);
    expect(JSON.stringify(problems)).not.toContain("canary");
    expect(() => createAzureOpenAIProvider({ endpoint: given, model: "m", apiKey: "k" })).toThrow(TypeError);
  });
});

test("in a program, too, one of key and token is needed, and a version that is one", () => {
  const named = { endpoint, model: "m" };
  expect(() => createAzureOpenAIProvider(named)).toThrow(/^Set apiKey, the resource's key, or token/u);
  expect(() => createAzureOpenAIProvider({ ...named, apiKey: "k", token: "t" })).toThrow(/^Set apiKey or token, not both/u);
  expect(() => createAzureOpenAIProvider({ ...named, apiKey: "k", apiVersion: "2024-10-21&x=" })).toThrow(
    /^The apiVersion must be one such as/u,
  );
});
