export type { Limits } from "../../http/limits.js";
export * from "./models.js";
export { OllamaClient, type OllamaClientConfig } from "./ollama-client.js";
export { defaultBaseUrl, type OllamaConfig } from "./ollama-config.js";
export { ollamaProviderFactory } from "./ollama-factory.js";
export { ollamaHistoryRules } from "./ollama-history.js";
export { createOllamaProvider } from "./ollama-provider.js";
export { type OllamaRequest, type RequestMapping, toOllamaRequest } from "./ollama-request.js";
export type { OllamaOptions } from "./request/provider-options.js";
