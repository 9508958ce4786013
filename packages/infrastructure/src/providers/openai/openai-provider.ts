import type { ChatProvider } from "@chatport/domain";
import { withConfiguredRetry } from "../../resilience/configured-retry.js";
import { chatCompletionsProvider } from "./chat-completions-provider.js";
import type { OpenAIConfig } from "./openai-config.js";
import { OpenAIConnection } from "./openai-connection.js";

/**
 * A provider over the Chat Completions API: OpenAI's own, or any server that speaks it. Transient failures are retried (see `withRetry`) unless `retry` is
 * false. `createOpenAIResponsesProvider` speaks OpenAI's other API.
 */
export function createOpenAIProvider(config: OpenAIConfig): ChatProvider {
  return withConfiguredRetry(chatCompletionsProvider(config, new OpenAIConnection(config)), config);
}
