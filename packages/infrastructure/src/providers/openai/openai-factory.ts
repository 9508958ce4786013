import type { ChatProvider, ProviderDependencies, ProviderFactory } from "@chatport/domain";
import { eitherApiProvider } from "./either-api.js";
import {
  openAICompatibleProviderSchema,
  type OpenAICompatibleProviderTable,
  openAIProviderSchema,
  type OpenAIProviderTable,
} from "./openai-config.js";
import { OpenAIConnection } from "./openai-connection.js";
import { type Settings, withPreset } from "./presets/with-preset.js";

/** `type = "openai"`: OpenAI's own APIs, with the key of `OPENAI_API_KEY` unless the table names another. Makes the bare adapter; who composes providers adds the retries. */
export const openAIProviderFactory: ProviderFactory<OpenAIProviderTable> = {
  type: "openai",
  configSchema: openAIProviderSchema,
  create: (table, dependencies) => create({ ...usualKey(table), ...table }, dependencies),
};

/** `type = "openai-compatible"`: another server that speaks Chat Completions or Responses. Makes the bare adapter; who composes providers adds the retries. */
export const openAICompatibleProviderFactory: ProviderFactory<OpenAICompatibleProviderTable> = {
  type: "openai-compatible",
  configSchema: openAICompatibleProviderSchema,
  create: (table, dependencies) => create(withPreset(table), dependencies),
};

/** OpenAI's own API always asks for a key; another address must not get this one unasked. */
function usualKey({ baseUrl }: OpenAIProviderTable): { readonly apiKey?: string } {
  return baseUrl === undefined ? { apiKey: "env:OPENAI_API_KEY" } : {};
}

function create(table: Settings, dependencies: ProviderDependencies): ChatProvider {
  const { type: _type, apiKey, retry: _retry, ...settings } = table;
  const key = apiKey === undefined ? {} : { apiKey: dependencies.secret(apiKey) };
  const config = { ...settings, ...key, name: dependencies.name };
  return eitherApiProvider(config, new OpenAIConnection(config));
}
