import * as z from "zod/mini";
import { baseUrlField, connectionFields, expected, modelField, oneOfField, strictTable, wordField } from "../../http/provider-table.js";
import { nearestName } from "../../names/nearest-name.js";
import { baseUrlForm } from "./base-url.js";
import type { UnsupportedField } from "./dialect.js";
import { requestParametersSchema } from "./models.js";
import { presets } from "./presets/index.js";

/** The model of an `openai` table that names none: small, cheap, and in OpenAI's API description (ModelIdsShared, version 2.3.0). */
export const defaultModel = "gpt-5-mini";

const presetName = z
  .string(expected("a preset's name"))
  .check(
    z.check((context) => {
      const name = context.value;
      if (presets.has(name)) return;
      const nearest = nearestName(name, presets.keys());
      const known = nearest === undefined ? `Known: ${[...presets.keys()].join(", ")}.` : `Did you mean ${JSON.stringify(nearest)}?`;
      context.issues.push({ code: "custom", input: name, message: `Unknown preset. ${known}` });
    }),
  )
  .register(z.globalRegistry, { enum: [...presets.keys()] });

const unsupportedField = z
  .custom<UnsupportedField>(
    (value) => typeof value === "string" && (value === "json_schema" || Object.hasOwn(requestParametersSchema.shape, value)),
    expected("a parameter of Chat Completions by its wire name, or json_schema"),
  )
  .register(z.globalRegistry, { enum: ["json_schema", ...Object.keys(requestParametersSchema.shape)] });

const shared = {
  ...connectionFields,
  api: oneOfField("chat-completions", "responses"),
  encryptedReasoning: z.exactOptional(z.boolean(expected("true or false"))),
  organization: z.exactOptional(wordField("the organisation's id")),
  project: z.exactOptional(wordField("the project's id")),
  maxTokensField: oneOfField("max_completion_tokens", "max_tokens"),
  systemRole: oneOfField("system", "developer"),
  streamUsage: z.exactOptional(z.boolean(expected("true or false"))),
  seedField: oneOfField("seed", "random_seed"),
  reasoningField: oneOfField("reasoning_content", "reasoning"),
  toolCallIds: oneOfField("any", "nine-alphanumerics"),
  unsupported: z.exactOptional(z.array(unsupportedField, expected("a list of parameters"))),
};

/** The settings that say how a server's Chat Completions differ, and nothing to its Responses. */
const chatCompletionsSettings = ["maxTokensField", "streamUsage", "seedField", "reasoningField", "toolCallIds", "unsupported"] as const;
type ApiSetting = (typeof chatCompletionsSettings)[number] | "encryptedReasoning" | "api";

/** Refuses settings of one API in a table that asks for the other: they would be without effect. */
export const fitsItsApi = z.check<{ readonly [Name in ApiSetting]?: unknown }>((context) => {
  const { value } = context;
  const refuse = (setting: ApiSetting, what: string): void => {
    if (value[setting] === undefined) return;
    context.issues.push({ code: "custom", input: value[setting], path: [setting], message: expected(what) });
  };
  if (value.api !== "responses") return refuse("encryptedReasoning", 'api = "responses" beside encryptedReasoning');
  for (const setting of chatCompletionsSettings)
    refuse(setting, `no ${setting} beside api = "responses": it is a setting of Chat Completions`);
});

const asksForResponses = { properties: { api: { const: "responses" } }, required: ["api"] };

/** The same as JSON Schema. */
export const fitsItsApiSchema = {
  if: asksForResponses,
  // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema's own word.
  then: { not: { anyOf: chatCompletionsSettings.map((setting) => ({ required: [setting] })) } },
  else: { not: { required: ["encryptedReasoning"] } },
};

const baseUrl = z.exactOptional(baseUrlField(baseUrlForm));
/** A `type = "openai"` table of the configuration. `model` defaults to {@link defaultModel}, `baseUrl` to OpenAI's own. */
export const openAIProviderSchema = strictTable({
  type: z.exactOptional(z.literal("openai", expected('"openai"'))),
  model: z._default(modelField(defaultModel), defaultModel),
  baseUrl,
  ...shared,
})
  .check(fitsItsApi)
  .register(z.globalRegistry, { allOf: [fitsItsApiSchema] });

/** Each server has models of its own, so that no name is an example. */
const modelExpected = "the model's id, as the server lists it";

const presetsWithModel = [...presets].flatMap(([name, preset]) => (preset.model === undefined ? [] : [name]));

/**
 * A `type = "openai-compatible"` table: any other server that speaks OpenAI's Chat Completions, or its Responses where `api` says so. It says where and which
 * model, or names a preset that does: `cerebras`, `deepseek`, `groq`, `llamacpp`, `lmstudio`, `mistral`, `openrouter`, `together`, `vllm` or `xai`. What the table
 * says itself goes before what its preset says; the preset's key goes to the preset's address alone. Where neither says, `maxTokensField` is `"max_tokens"`, which
 * such servers know. What a preset says of Chat Completions is left aside where `api` asks for Responses.
 */
export const openAICompatibleProviderSchema = strictTable({
  type: z.exactOptional(z.literal("openai-compatible", expected('"openai-compatible"'))),
  preset: z.exactOptional(presetName),
  model: z.exactOptional(wordField(modelExpected)),
  baseUrl,
  ...shared,
})
  .check(
    z.check((context) => {
      const { preset: name = "", ...table } = context.value;
      const preset = presets.get(name);
      if (name === "" && table.model === undefined && table.baseUrl === undefined) {
        const what = 'the name of a preset, such as "groq", or else baseUrl and model';
        context.issues.push({ code: "custom", input: context.value, path: ["preset"], message: expected(what) });
        return;
      }
      const require = (field: "model" | "baseUrl", what: string): void => {
        if (table[field] !== undefined || preset?.[field] !== undefined) return;
        context.issues.push({ code: "custom", input: context.value, path: [field], message: expected(what) });
      };
      require("model", preset === undefined ? modelExpected : `${modelExpected}; the preset "${name}" brings none`);
      require("baseUrl", `a URL, such as ${baseUrlForm.example}, or a preset`);
    }),
    fitsItsApi,
  )
  .register(z.globalRegistry, {
    allOf: [
      { anyOf: [{ required: ["baseUrl"] }, { required: ["preset"] }] },
      fitsItsApiSchema,
      { anyOf: [{ required: ["model"] }, { required: ["preset"], properties: { preset: { enum: presetsWithModel } } }] },
    ],
  });

export type OpenAIProviderTable = z.infer<typeof openAIProviderSchema>;
export type OpenAICompatibleProviderTable = z.infer<typeof openAICompatibleProviderSchema>;
