import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonSchemaOf } from "../../../../src/config/schema-keys.js";
import { isJsonObject } from "../../../../src/http/json.js";
import { openAICompatibleProviderSchema, openAIProviderSchema } from "../../../../src/providers/openai/openai-config.js";

/** The settings of Chat Completions, each with a value that is right beside another API. */
const ofChatCompletions: Readonly<Record<string, unknown>> = {
  maxTokensField: "max_tokens",
  streamUsage: false,
  seedField: "seed",
  reasoningField: "reasoning",
  toolCallIds: "any",
  unsupported: ["seed"],
};
const schemas = { openai: openAIProviderSchema, "openai-compatible": openAICompatibleProviderSchema };
const types = ["openai", "openai-compatible"] as const;

function mistakesIn(type: (typeof types)[number], settings: Readonly<Record<string, unknown>>): readonly string[] {
  const read = schemas[type].safeParse({ type, model: "m", baseUrl: "http://127.0.0.1:1/v1", ...settings });
  return (read.error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe.each(types)('api = "responses" in a table of type %s', (type) => {
  test("is taken, with the role of system messages", () => {
    expect(mistakesIn(type, { api: "responses", systemRole: "developer" })).toEqual([]);
  });

  test.each(Object.entries(ofChatCompletions))("is refused beside %s, which is named", (setting, value) => {
    expect(mistakesIn(type, { api: "responses", [setting]: value })).toEqual([
      `${setting}: Expected no ${setting} beside api = "responses": it is a setting of Chat Completions.`,
    ]);
    expect(mistakesIn(type, { api: "chat-completions", [setting]: value })).toEqual([]);
    expect(mistakesIn(type, { [setting]: value })).toEqual([]);
  });

  test("is refused by the JSON Schema for the same tables", () => {
    const fits = new Ajv2020({ strict: false }).compile(objectOf(jsonSchemaOf(schemas[type])));
    const settings = fc
      .tuple(
        fc.constantFrom({}, { api: "responses" }, { api: "chat-completions" }, { api: "respnses" }),
        fc.subarray(Object.entries(ofChatCompletions)),
      )
      .map(([api, others]) => ({ ...api, ...Object.fromEntries(others) }));
    fc.assert(
      fc.property(settings, (some) => {
        const table = { type, model: "m", baseUrl: "http://127.0.0.1:1/v1", ...some };
        expect(fits(table)).toBe(mistakesIn(type, some).length === 0);
      }),
    );
  });
});

test("an unknown api is named with those there are", () => {
  expect(mistakesIn("openai", { api: "assistants" })).toEqual(['api: Expected "chat-completions" or "responses".']);
});

test("a preset that says how its Chat Completions differ can be spoken to by Responses too", () => {
  const read = openAICompatibleProviderSchema.safeParse({ preset: "groq", api: "responses" });
  expect(read.success).toBe(true);
});

function objectOf(schema: unknown): object {
  if (!isJsonObject(schema)) throw new TypeError("It has no JSON Schema.");
  return schema;
}
