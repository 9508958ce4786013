import type { EitherApiConfig } from "../either-api.js";
import type { AzureCredentialsConfig, AzureToken } from "./azure-credentials.js";

export { azureOpenAIProviderSchema, type AzureOpenAIProviderTable } from "./azure-provider-table.js";
export type { AzureToken } from "./azure-credentials.js";

/** What an Azure OpenAI provider is made from: an endpoint, a deployment, and a key or a token. */
export interface AzureOpenAIConfig extends Omit<EitherApiConfig, "baseUrl" | "organization" | "project">, AzureCredentialsConfig {
  /**
   * The resource's address, such as `https://my-resource.openai.azure.com`, without a path; a gateway's may have one. Everything is appended to it from
   * `/openai` on.
   */
  readonly endpoint: string;
  /** The name of the deployment to ask, which need not be that of the model behind it. A request's own `model` names another one. */
  readonly model: string;
  /**
   * A dated version of the API, such as `2024-10-21` or `2025-04-01-preview`, whose paths name the deployment. Default: the v1 API, which needs none
   * (https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle).
   */
  readonly apiVersion?: string;
  /** The provider's name in events and exceptions. Default `"azure-openai"`. */
  readonly name?: string;
  /** Sent as `api-key`, to the endpoint's origin alone. This or {@link token}. */
  readonly apiKey?: NonNullable<EitherApiConfig["apiKey"]>;
  /** Sent as `Authorization: Bearer`, to the endpoint's origin alone. A function is asked before every request. This or {@link apiKey}. */
  readonly token?: AzureToken;
}
