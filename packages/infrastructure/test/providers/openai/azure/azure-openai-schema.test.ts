import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { builtInRegistry, configurationJsonSchema } from "../../../../src/index.js";
import { azureOpenAIProviderSchema } from "../../../../src/providers/openai/azure/azure-openai-config.js";

const fits = new Ajv2020({ strict: false }).compile(configurationJsonSchema(builtInRegistry()));

/** Right and wrong values of each setting; undefined: it is left out. */
const written: Readonly<Record<string, readonly unknown[]>> = {
  endpoint: [
    "https://r.openai.azure.com",
    "https://r.openai.azure.com/",
    "HTTPS://R.cognitiveservices.azure.com:443",
    "https://r.services.ai.azure.com",
    "https://r.openai.azure.us",
    "http://r.openai.azure.com",
    "https://r.openai.azure.com:8443",
    "https://r.openai.azure.com/openai/v1",
    "https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21",
    "https://r.services.ai.azure.com/api/projects/p",
    "https://openai.azure.com.example",
    "https://gateway.example/team",
    "https://gateway.example/team/openai",
    "https://gateway.example/openai/v1/",
    "https://gateway.example/openai-team",
    "https://gateway.example/v1/chat/completions",
    "https://gateway.example?key=1",
    "https://u:p@gateway.example",
    "http://127.0.0.1:8080",
    "r.openai.azure.com",
    1,
    undefined,
  ],
  model: ["d", "", undefined],
  apiKey: [undefined, undefined, "env:KEY", "literal"],
  token: [undefined, undefined, "env:TOKEN", 'command:["az"]', "eyJ"],
  apiVersion: [undefined, "2024-10-21", "2025-04-01-preview", "preview", "v1", "latest", "2024"],
  headers: [undefined, undefined, { "x-a": "1" }, { "Api-Key": "1" }, { AUTHORIZATION: "1" }, { "bad name": "1" }],
  api: [undefined, "responses", "chat-completions", "chat"],
  streamUsage: [undefined, undefined, false],
  baseUrl: [undefined, undefined, undefined, undefined, "https://r.openai.azure.com"],
};

/** A table that is right, but for up to four settings. */
const table = fc
  .uniqueArray(fc.constantFrom(...Object.keys(written)), { maxLength: 4 })
  .chain((keys) => fc.record(Object.fromEntries(keys.map((key) => [key, fc.constantFrom(...(written[key] ?? []))]))))
  .map((changes) => ({ endpoint: "https://r.openai.azure.com", model: "d", ...changes }))
  .map((settings) => Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)));

test("an editor's JSON Schema allows the azure-openai tables that the loader allows, and no others", async () => {
  const seen = { right: 0, wrong: 0 };
  await fc.assert(
    fc.asyncProperty(table, async (settings) => {
      const work = { type: "azure-openai", ...settings };
      const { issues } = await azureOpenAIProviderSchema["~standard"].validate(work);
      seen[issues === undefined ? "right" : "wrong"] += 1;
      expect(fits({ providers: { work } }), JSON.stringify([work, issues])).toBe(issues === undefined);
    }),
    { numRuns: 2000 },
  );
  expect(Math.min(seen.right, seen.wrong)).toBeGreaterThan(200);
});
