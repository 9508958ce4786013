export type { Limits } from "../../http/limits.js";
export { AnthropicClient, type AnthropicClientConfig } from "./anthropic-client.js";
export { type AnthropicConfig, anthropicProviderSchema, defaultBaseUrl, defaultModel, type SystemMessages } from "./anthropic-config.js";
export { anthropicProviderFactory } from "./anthropic-factory.js";
export { anthropicHistoryRules } from "./anthropic-history.js";
export { createAnthropicProvider } from "./anthropic-provider.js";
export { type AnthropicRequest, type RequestMapping, toMessagesRequest } from "./anthropic-request.js";
export { type ModelFacts, modelFacts } from "./model-facts.js";
export * from "./models.js";
