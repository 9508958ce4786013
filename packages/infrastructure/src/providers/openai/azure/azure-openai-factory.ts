import type { ProviderDependencies, ProviderFactory } from "@chatport/domain";
import { isOwnEndpoint } from "./azure-endpoint.js";
import { azureOpenAIProviderSchema, type AzureOpenAIProviderTable } from "./azure-openai-config.js";
import { createAzureOpenAIProvider } from "./azure-openai-provider.js";

/**
 * `type = "azure-openai"`: a deployment of Azure's, with the key of `AZURE_OPENAI_API_KEY` where the table names neither key nor token and the endpoint is
 * Azure's own. Makes the bare adapter; who composes providers adds the retries.
 */
export const azureOpenAIProviderFactory: ProviderFactory<AzureOpenAIProviderTable> = {
  type: "azure-openai",
  configSchema: azureOpenAIProviderSchema,
  create: ({ type: _type, retry: _retry, apiKey, token, ...settings }, dependencies) =>
    createAzureOpenAIProvider({
      ...settings,
      ...credentials(apiKey ?? usualKey(settings.endpoint, token), token, dependencies),
      name: dependencies.name,
      retry: false,
    }),
};

/** Another address must not get this key unasked. */
function usualKey(endpoint: string, token: string | undefined): string | undefined {
  return token === undefined && isOwnEndpoint(endpoint) ? "env:AZURE_OPENAI_API_KEY" : undefined;
}

function credentials(apiKey: string | undefined, token: string | undefined, dependencies: ProviderDependencies) {
  return {
    ...(apiKey !== undefined && { apiKey: dependencies.secret(apiKey) }),
    ...(token !== undefined && { token: dependencies.secret(token) }),
  };
}
