export type { Limits } from "../../http/limits.js";
export * from "./models.js";
export { GeminiClient, type GeminiClientConfig, type SendOptions } from "./gemini-client.js";
export { defaultBaseUrl, defaultModel, type GeminiConfig } from "./gemini-config.js";
export { geminiProviderFactory } from "./gemini-factory.js";
export { geminiHistoryRules } from "./gemini-history.js";
export { createGeminiProvider } from "./gemini-provider.js";
export { type GeminiRequest, type RequestMapping, toGenerateContentRequest } from "./gemini-request.js";
