import type { CallOptions, ChatCapability, ChatEvent, ChatProvider, ChatRequest, ModelInfo } from "@chatport/domain";
import type { ResponseSource } from "../../http/answer-reader.js";
import { withConfiguredRetry } from "../../resilience/configured-retry.js";
import { GeminiClient } from "./gemini-client.js";
import type { GeminiConfig } from "./gemini-config.js";
import { geminiHistoryRules } from "./gemini-history.js";
import { toGenerateContentRequest } from "./gemini-request.js";
import type { Model } from "./models.js";
import { vendor } from "./vendor.js";

/**
 * A provider over the Gemini API (`generateContent`, `streamGenerateContent`). Transient failures are retried (see `withRetry`) unless `retry` is false. How
 * requests are translated stands with `toGenerateContentRequest`, how answers are with `ResponseInterpreter`.
 */
export function createGeminiProvider(config: GeminiConfig): ChatProvider {
  return withConfiguredRetry(adapter(config), config);
}

function adapter(config: GeminiConfig): ChatProvider {
  const { name = vendor } = config;
  const client = new GeminiClient(config);
  const mapping = { provider: name, model: config.model, history: geminiHistoryRules(config) };
  const open = (asked: ChatRequest, stream: boolean): ResponseSource => {
    return async (signal, onResponse) => {
      const { model, request, ...rest } = toGenerateContentRequest(asked, mapping);
      return client.send(model, request, { ...rest, stream, signal, onResponse });
    };
  };
  return {
    name,
    vendor,
    capabilities,
    stream(request: ChatRequest, options: CallOptions = {}): AsyncIterable<ChatEvent> {
      return client.events(open(request, options.delivery !== "whole"), options, request.model ?? config.model);
    },
    async listModels(options: CallOptions = {}): Promise<readonly ModelInfo[]> {
      return (await client.listModels(options)).filter(generatesContent).map(toModelInfo);
    },
  };
}

const capabilities: ReadonlySet<ChatCapability> = new Set([
  "tools",
  "structured-output",
  "image-input",
  "file-input",
  "reasoning",
  "sampling",
  "stop-sequences",
  "seed",
  "max-output-tokens",
  "model-listing",
]);

/** The list holds models for embeddings, images and video as well. */
function generatesContent({ supportedGenerationMethods: methods }: Model): boolean {
  return methods == null || methods.includes("generateContent");
}

/** The context window is the limit of the input: the API bounds input and output apart. */
function toModelInfo({ name, displayName, inputTokenLimit, outputTokenLimit }: Model): ModelInfo {
  return {
    id: name.replace(/^models\//u, ""),
    ...(typeof displayName === "string" && { displayName }),
    ...(typeof inputTokenLimit === "number" && { contextWindow: inputTokenLimit }),
    ...(typeof outputTokenLimit === "number" && { maxOutputTokens: outputTokenLimit }),
  };
}
