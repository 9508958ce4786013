import type { ChatProvider } from "@chatport/domain";
import { withConfiguredRetry } from "../../../resilience/configured-retry.js";
import { type EitherApiConfig, eitherApiProvider } from "../either-api.js";
import { OpenAIConnection } from "../openai-connection.js";
import { azureAddress } from "./azure-addressing.js";
import { azureCredentials } from "./azure-credentials.js";
import { explainAzureFailure } from "./azure-failure.js";
import type { AzureOpenAIConfig } from "./azure-openai-config.js";
import { toldFilters } from "./told-filters.js";

/**
 * A provider over OpenAI's APIs as Azure serves them: Chat Completions, or Responses where `api` says so. Its vendor is `openai`, whose `providerOptions` it
 * takes. What Azure's content filters found in prompt or answer is a provider part. Transient failures are retried (see `withRetry`) unless `retry` is false.
 *
 * @throws {TypeError} for an endpoint or a version that is none, and where not just one of `apiKey` and `token` is set.
 */
export function createAzureOpenAIProvider(config: AzureOpenAIConfig): ChatProvider {
  const { endpoint, apiVersion, apiKey, token, name = "azure-openai", ...settings } = config;
  const { baseUrl, locate } = azureAddress(endpoint, apiVersion, name);
  const { secret, ...credentials } = azureCredentials(
    { ...(apiKey !== undefined && { apiKey }), ...(token !== undefined && { token }) },
    name,
  );
  const common: EitherApiConfig = {
    ...settings,
    name,
    baseUrl,
    ...(secret !== undefined && { apiKey: secret }),
  };
  const connection = new OpenAIConnection(common, { ...credentials, locate, explain: explainAzureFailure, messageOf: toldFilters });
  return withConfiguredRetry(eitherApiProvider(common, connection), common);
}
