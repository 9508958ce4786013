import type { ProviderFactory } from "@chatport/domain";
import { ollamaProviderSchema, type OllamaProviderTable } from "./ollama-config.js";
import { createOllamaProvider } from "./ollama-provider.js";

/**
 * `type = "ollama"`: an Ollama on this machine unless the table names another. No key is sent unless the table names one: a local server needs none. Makes the
 * bare adapter; who composes providers adds the retries.
 */
export const ollamaProviderFactory: ProviderFactory<OllamaProviderTable> = {
  type: "ollama",
  configSchema: ollamaProviderSchema,
  create: (table, dependencies) => {
    const { type: _type, apiKey, retry: _retry, ...settings } = table;
    const key = apiKey === undefined ? {} : { apiKey: dependencies.secret(apiKey) };
    return createOllamaProvider({ ...settings, ...key, name: dependencies.name, retry: false });
  },
};
