import type { ProviderFactory } from "@chatport/domain";
import { geminiProviderSchema, type GeminiProviderTable } from "./gemini-config.js";
import { createGeminiProvider } from "./gemini-provider.js";

/** `type = "gemini"`: Google's own API, with the key of `GEMINI_API_KEY` unless the table names another. Makes the bare adapter; who composes providers adds the retries. */
export const geminiProviderFactory: ProviderFactory<GeminiProviderTable> = {
  type: "gemini",
  configSchema: geminiProviderSchema,
  create: (table, dependencies) => {
    const { type: _type, apiKey, retry: _retry, ...settings } = { ...usualKey(table), ...table };
    const key = apiKey === undefined ? {} : { apiKey: dependencies.secret(apiKey) };
    return createGeminiProvider({ ...settings, ...key, name: dependencies.name, retry: false });
  },
};

/** Google's own API always asks for a key; another address must not get this one unasked. */
function usualKey({ baseUrl }: GeminiProviderTable): Pick<GeminiProviderTable, "apiKey"> {
  return baseUrl === undefined ? { apiKey: "env:GEMINI_API_KEY" } : {};
}
