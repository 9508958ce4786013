export type { Limits } from "../../http/limits.js";
export type { RateLimit, RateLimits } from "../../http/response-facts.js";
export * from "./models.js";
export { OpenAIClient, type OpenAIClientConfig, type RequestOptions, type ResponseFacts } from "./openai-client.js";
export { defaultBaseUrl, defaultModel, type MaxTokensField, type OpenAIConfig, type SystemRole } from "./openai-config.js";
export { openAICompatibleProviderFactory, openAIProviderFactory } from "./openai-factory.js";
export { createOpenAIProvider } from "./openai-provider.js";
export { type OpenAIRequest, type RequestMapping, toChatCompletionRequest } from "./openai-request.js";
export { type ReadOptions, type ResponseSource, StreamingHandler, type StreamingHandlerOptions } from "./streaming-handler.js";
