import type { CallOptions, ChatEvent, ChatProvider, ChatRequest, ModelInfo } from "@chatport/domain";
import type { ResponseSource } from "../../http/answer-reader.js";
import { withConfiguredRetry } from "../../resilience/configured-retry.js";
import { AnthropicClient } from "./anthropic-client.js";
import type { AnthropicConfig } from "./anthropic-config.js";
import { anthropicHistoryRules } from "./anthropic-history.js";
import { toMessagesRequest } from "./anthropic-request.js";
import { capabilities } from "./capabilities.js";
import type { Model } from "./models.js";
import { vendor } from "./vendor.js";

/**
 * A provider over the Messages API: Anthropic's own, or any server that speaks it. Transient failures are retried (see `withRetry`) unless `retry` is false. How
 * requests are translated stands with `toMessagesRequest`, how answers are with `MessageReader`.
 */
export function createAnthropicProvider(config: AnthropicConfig): ChatProvider {
  return withConfiguredRetry(adapter(config), config);
}

function adapter(config: AnthropicConfig): ChatProvider {
  const { name = vendor, model, maxOutputTokens, systemMessages = "top" } = config;
  const client = new AnthropicClient(config);
  const history = anthropicHistoryRules(config);
  const open = (request: ChatRequest, stream: boolean): ResponseSource => {
    const mapping = { provider: name, model, maxOutputTokens, systemMessages, history, stream };
    return async (signal, onResponse) => {
      const { request: body, ...rest } = toMessagesRequest(request, mapping);
      return client.send(body, { ...rest, signal, onResponse });
    };
  };
  return {
    name,
    vendor,
    capabilities,
    stream(request: ChatRequest, options: CallOptions = {}): AsyncIterable<ChatEvent> {
      return client.events(open(request, options.delivery !== "whole"), options, request.model ?? model);
    },
    async listModels(options: CallOptions = {}): Promise<readonly ModelInfo[]> {
      return (await client.listModels(options)).map(toModelInfo);
    },
  };
}

/** A model that was released at the epoch is one whose date is not known. */
function toModelInfo({
  id,
  display_name: displayName,
  created_at: createdAt,
  max_input_tokens: input,
  max_tokens: output,
}: Model): ModelInfo {
  const milliseconds = Date.parse(createdAt ?? "");
  return {
    id,
    ...(displayName && { displayName }),
    ...(typeof input === "number" && { contextWindow: input }),
    ...(typeof output === "number" && { maxOutputTokens: output }),
    ...(milliseconds > 0 && { createdAt: Math.floor(milliseconds / 1000) }),
  };
}
