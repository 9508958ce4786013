export { azureOpenAIHistoryRules } from "./azure-history.js";
export type { AzureOpenAIConfig, AzureOpenAIProviderTable, AzureToken } from "./azure-openai-config.js";
export { azureOpenAIProviderFactory } from "./azure-openai-factory.js";
export { createAzureOpenAIProvider } from "./azure-openai-provider.js";
