import type { CallOptions, ChatEvent, ChatProvider, ChatRequest, ModelInfo } from "@chatport/domain";
import { withConfiguredRetry } from "../../resilience/configured-retry.js";
import { capabilities } from "./capabilities.js";
import { OllamaClient } from "./ollama-client.js";
import type { OllamaConfig } from "./ollama-config.js";
import { toOllamaRequest } from "./ollama-request.js";
import { vendor } from "./vendor.js";

/**
 * A provider over Ollama's own API: a server on this machine, another one, or Ollama's cloud. Transient failures are retried (see `withRetry`) unless `retry` is
 * false. How requests are translated stands with `toOllamaRequest`, how answers are with `LineInterpreter`.
 */
export function createOllamaProvider(config: OllamaConfig): ChatProvider {
  return withConfiguredRetry(adapter(config), config);
}

function adapter(config: OllamaConfig): ChatProvider {
  const { name = vendor } = config;
  const client = new OllamaClient(config);
  return {
    name,
    vendor,
    capabilities,
    stream(request: ChatRequest, options: CallOptions = {}): AsyncIterable<ChatEvent> {
      const mapping = { ...config, provider: name, stream: options.delivery !== "whole" };
      return client.chat(() => toOllamaRequest(request, mapping), request.model ?? config.model, options);
    },
    async listModels(options: CallOptions = {}): Promise<readonly ModelInfo[]> {
      const { models } = await client.listModels(options);
      return (models ?? []).flatMap(({ model, name: older }) => {
        const id = model || older;
        return id ? [{ id }] : [];
      });
    },
  };
}
