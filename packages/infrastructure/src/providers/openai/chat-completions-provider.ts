import type { CallOptions, ChatCapability, ChatEvent, ChatProvider, ChatRequest, ModelInfo } from "@chatport/domain";
import type { UnsupportedField } from "./dialect.js";
import { toModelInfo } from "./model-info.js";
import { OpenAIClient } from "./openai-client.js";
import type { OpenAIConfig } from "./openai-config.js";
import type { OpenAIConnection } from "./openai-connection.js";
import { type RequestMapping, toChatCompletionRequest } from "./openai-request.js";
import type { ResponseSource } from "./streaming-handler.js";
import { vendor } from "./vendor.js";

/** The bare adapter of Chat Completions. How requests are translated stands with `toChatCompletionRequest`, how answers are with `ChunkInterpreter`. */
export function chatCompletionsProvider(config: OpenAIConfig, connection: OpenAIConnection): ChatProvider {
  const { name = vendor, unsupported = [] } = config;
  const client = new OpenAIClient(config, connection);
  const open = (request: ChatRequest, stream: boolean): ResponseSource => {
    const mapping: RequestMapping = { ...config, provider: name, stream };
    return async (signal, onResponse) => {
      const { request: body, ...rest } = toChatCompletionRequest(request, mapping);
      return client.send(body, { ...rest, signal, onResponse });
    };
  };
  return {
    name,
    vendor,
    capabilities: new Set(capabilities.filter((capability) => !unsupported.some((field) => expressedBy.get(field) === capability))),
    stream(request: ChatRequest, options: CallOptions = {}): AsyncIterable<ChatEvent> {
      const model = request.model ?? config.model;
      return client.handler.events(open(request, options.delivery !== "whole"), { ...options, model });
    },
    async listModels(options: CallOptions = {}): Promise<readonly ModelInfo[]> {
      const { data } = await client.listModels(options);
      return data.map(toModelInfo);
    },
  };
}

const capabilities: readonly ChatCapability[] = [
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
];

/** What a server cannot do that does not take the parameter for it. */
const expressedBy: ReadonlyMap<UnsupportedField, ChatCapability> = new Map([
  ["tools", "tools"],
  ["json_schema", "structured-output"],
  ["response_format", "structured-output"],
  ["reasoning_effort", "reasoning"],
  ["temperature", "sampling"],
  ["stop", "stop-sequences"],
  ["seed", "seed"],
]);
