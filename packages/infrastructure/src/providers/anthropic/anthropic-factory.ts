import type { ProviderFactory } from "@chatport/domain";
import { anthropicProviderSchema, type AnthropicProviderTable } from "./anthropic-config.js";
import { createAnthropicProvider } from "./anthropic-provider.js";

/**
 * `type = "anthropic"`: Anthropic's own API, with the key of `ANTHROPIC_API_KEY` unless the table names another, or a server that speaks it. Makes the bare
 * adapter; who composes providers adds the retries.
 */
export const anthropicProviderFactory: ProviderFactory<AnthropicProviderTable> = {
  type: "anthropic",
  configSchema: anthropicProviderSchema,
  create: (table, dependencies) => {
    const { type: _type, apiKey, retry: _retry, ...settings } = { ...usualKey(table), ...table };
    const key = apiKey === undefined ? {} : { apiKey: dependencies.secret(apiKey) };
    return createAnthropicProvider({ ...settings, ...key, name: dependencies.name, retry: false });
  },
};

/** Anthropic's own API always asks for a key; another address must not get this one unasked. */
function usualKey({ baseUrl }: AnthropicProviderTable): { readonly apiKey?: string } {
  return baseUrl === undefined ? { apiKey: "env:ANTHROPIC_API_KEY" } : {};
}
