import type { ChatProvider } from "@chatport/domain";
import { withConfiguredRetry } from "../../resilience/configured-retry.js";
import { chatCompletionsProvider } from "./chat-completions-provider.js";
import type { OpenAIConfig } from "./openai-config.js";
import { OpenAIConnection } from "./openai-connection.js";

/**
 * A provider over OpenAI's APIs: Chat Completions, or Responses where `api` says so; OpenAI's own, or any server that speaks them. Transient failures are
 * retried (see `withRetry`) unless `retry` is false.
 */
export function createOpenAIProvider(config: OpenAIConfig): ChatProvider {
  return withConfiguredRetry(providerOver(new OpenAIConnection(config), config), config);
}

/** The bare adapter of the API that the configuration names, over a connection that is there. */
export function providerOver(connection: OpenAIConnection, config: OpenAIConfig): ChatProvider {
  return chatCompletionsProvider(config, connection);
}
