import type { CallOptions, ChatCapability, ChatEvent, ChatProvider, ChatRequest, ModelInfo } from "@chatport/domain";
import type { ResponseSource } from "../../../http/answer-reader.js";
import { interpretJsonEvents } from "../../../http/json-event-stream.js";
import { mintId } from "../../../http/mint-id.js";
import { withConfiguredRetry } from "../../../resilience/configured-retry.js";
import { toModelInfo } from "../model-info.js";
import { OpenAIConnection } from "../openai-connection.js";
import { vendor } from "../vendor.js";
import type { OpenAIResponsesConfig } from "./responses-config.js";
import { toResponsesRequest } from "./responses-request.js";
import { ResponsesReader } from "./responses-response.js";

/**
 * A provider over the Responses API (`POST /responses`), of OpenAI's own or of any server that speaks it, with nothing kept by the server: a reasoning model's
 * thoughts go back sealed, so that it goes on thinking after a tool call, and tools of the server's own are parts of the conversation. Transient failures are
 * retried (see `withRetry`) unless `retry` is false. How requests are translated stands with `toResponsesRequest`, how answers are with `ResponsesReader`.
 */
export function createOpenAIResponsesProvider(config: OpenAIResponsesConfig): ChatProvider {
  return withConfiguredRetry(responsesProvider(config, new OpenAIConnection(config)), config);
}

/** The bare adapter, over a connection that is there. */
export function responsesProvider(config: OpenAIResponsesConfig, connection: OpenAIConnection): ChatProvider {
  const { name = vendor, model } = config;
  const { origin } = new URL(connection.baseUrl);
  const open = (request: ChatRequest, stream: boolean): ResponseSource => {
    const mapping = { ...config, baseUrl: connection.baseUrl, provider: name, stream };
    return async (signal, onResponse) => {
      const { request: body, ...rest } = toResponsesRequest(request, mapping);
      return connection.post("/responses", body, { ...rest, signal, onResponse });
    };
  };
  return {
    name,
    vendor,
    capabilities,
    stream(request: ChatRequest, options: CallOptions = {}): AsyncIterable<ChatEvent> {
      const context = { origin, model: request.model ?? model, mintId };
      return connection.reader.events(
        open(request, options.delivery !== "whole"),
        options,
        interpretJsonEvents((failure, emit) => new ResponsesReader(context, failure, emit)),
      );
    },
    async listModels(options: CallOptions = {}): Promise<readonly ModelInfo[]> {
      const { data } = await connection.listModels(options);
      return data.map(toModelInfo);
    },
  };
}

/** The API has neither a seed nor stop sequences. */
const capabilities: ReadonlySet<ChatCapability> = new Set([
  "tools",
  "structured-output",
  "image-input",
  "file-input",
  "reasoning",
  "sampling",
  "max-output-tokens",
  "model-listing",
]);
