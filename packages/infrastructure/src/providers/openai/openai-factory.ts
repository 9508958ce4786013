import type { ChatProvider, ProviderDependencies, ProviderFactory } from "@chatport/domain";
import {
  openAICompatibleProviderSchema,
  type OpenAICompatibleProviderTable,
  openAIProviderSchema,
  type OpenAIProviderTable,
} from "./openai-config.js";
import { createOpenAIProvider } from "./openai-provider.js";

/** `type = "openai"`: OpenAI's own API. Makes the bare adapter; who composes providers adds the retries. */
export const openAIProviderFactory: ProviderFactory<OpenAIProviderTable> = {
  type: "openai",
  configSchema: openAIProviderSchema,
  create,
};

/** `type = "openai-compatible"`: another server that speaks Chat Completions. Makes the bare adapter; who composes providers adds the retries. */
export const openAICompatibleProviderFactory: ProviderFactory<OpenAICompatibleProviderTable> = {
  type: "openai-compatible",
  configSchema: openAICompatibleProviderSchema,
  create,
};

function create(table: OpenAIProviderTable | OpenAICompatibleProviderTable, dependencies: ProviderDependencies): ChatProvider {
  const { type: _type, apiKey, retry: _retry, ...settings } = table;
  const key = apiKey === undefined ? {} : { apiKey: dependencies.secret(apiKey) };
  return createOpenAIProvider({ ...settings, ...key, name: dependencies.name, retry: false });
}
