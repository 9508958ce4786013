import { type ChatRequest, type JsonObject, requireCapabilities } from "@chatport/domain";
import { adaptHistory, type HistoryRules } from "../../http/history.js";
import { invalidRequest, requireCount, requireNumber } from "../../http/request-checks.js";
import type { SystemMessages } from "./anthropic-config.js";
import { capabilities } from "./capabilities.js";
import { modelFacts } from "./model-facts.js";
import type { MessagesRequest } from "./models.js";
import { conversationOf } from "./request/messages.js";
import { anthropicOptionsOf, type ReadOptions } from "./request/provider-options.js";
import { thinkingOf } from "./request/thinking.js";
import { toolsOf } from "./request/tools.js";

/** How a request is written, as opposed to what it asks. */
export interface RequestMapping {
  /** The provider's name, for exceptions. */
  readonly provider: string;
  /** The model of a request that names none. */
  readonly model: string;
  /** The `max_tokens` of a request that says nothing; see {@link toMessagesRequest}. */
  readonly maxOutputTokens?: number | undefined;
  readonly systemMessages: SystemMessages;
  /** What of a conversation goes back; the model that is asked replaces the one in it. */
  readonly history: HistoryRules;
  /** Whether the answer is to be streamed. */
  readonly stream: boolean;
}

/** A request in Anthropic's terms, and what is merged over its body last, verbatim. */
export interface AnthropicRequest {
  readonly request: MessagesRequest;
  readonly extraBody?: JsonObject;
}

/**
 * Translates a request of the port to one of the Messages API. Pure: no I/O, and the same request gives the same result.
 *
 * - System messages go in `system`, in their order; one in mid-conversation joins them, or keeps its place where `systemMessages` is `"in-place"`.
 * - `max_tokens` is mandatory: it is the request's `maxOutputTokens`, else the configuration's, else all that the model can write as Anthropic documents it
 *   (see `modelFacts`). It is never a small number that nobody asked for.
 * - A tool result holds its images, and its error flag is the API's own `is_error`.
 * - Thinking goes back with its signature to the origin and the model that made it; reasoning without one is left out.
 * - Arguments of calls that are no object are sent as the field `arguments` of one; numbers keep their digits (see `callArguments`).
 * - Refusals go back as text. Invalid calls and their results are left out. Provider parts of Anthropic's own go back as they came, others are left out.
 * - Text that is empty or blank is left out: the API refuses such blocks.
 * - The name of a structured output has no counterpart; its schema is `output_config.format`.
 * - There is no seed: it is `unsupported`.
 *
 * `providerOptions.anthropic` takes further parameters, and `extraBody`.
 *
 * @throws {RequestException} `unsupported` for what cannot be said in the Messages API, `invalid-request` for values that can never be right.
 */
export function toMessagesRequest(asked: ChatRequest, mapping: RequestMapping): AnthropicRequest {
  const { provider } = mapping;
  requireCapabilities(asked, capabilities, provider);
  const options = anthropicOptionsOf(asked.providerOptions, provider);
  const model = asked.model ?? mapping.model;
  const conversation = conversationOf(adaptHistory(asked.messages, { ...mapping.history, model }).messages, mapping);
  if (conversation.messages.length === 0) throw invalidRequest(provider, "messages holds nothing to answer.");
  const maxTokens = requireCount(
    asked.maxOutputTokens ?? mapping.maxOutputTokens ?? modelFacts(model).maxOutputTokens,
    "maxOutputTokens",
    provider,
  );
  const { serverTools = [], disableParallelToolUse, extraBody, parameters } = options;
  const request: MessagesRequest = {
    model,
    max_tokens: maxTokens,
    ...conversation,
    ...samplingOf(asked, provider),
    ...toolsOf(asked, { serverTools, disableParallelToolUse }, provider),
    ...outputOf(asked, options, maxTokens, { provider, model }),
    ...parameters,
    ...(mapping.stream && { stream: true }),
  };
  return extraBody === undefined ? { request } : { request, extraBody };
}

function samplingOf({ temperature, topP, stopSequences = [] }: ChatRequest, provider: string): Partial<MessagesRequest> {
  return {
    ...(temperature !== undefined && { temperature: requireNumber(temperature, "temperature", [0, 1], provider) }),
    ...(topP !== undefined && { top_p: requireNumber(topP, "topP", [0, 1], provider) }),
    ...(stopSequences.length > 0 && { stop_sequences: [...stopSequences] }),
  };
}

/** What the answer must look like, and how much thinking goes into it. */
function outputOf(
  { output, reasoning }: ChatRequest,
  options: ReadOptions,
  maxTokens: number,
  { provider, model }: { readonly provider: string; readonly model: string },
): Partial<MessagesRequest> {
  // Thinking that is set in the wire's own words has a budget of its own.
  const asked = thinkingOf(options.parameters.thinking === undefined ? reasoning : undefined, model, maxTokens, provider);
  const effort = options.effort ?? asked.effort;
  const config = {
    ...(effort !== undefined && { effort }),
    ...(output !== undefined && { format: { type: "json_schema" as const, schema: output.schema } }),
  };
  return {
    ...(asked.thinking !== undefined && { thinking: asked.thinking }),
    ...(Object.keys(config).length > 0 && { output_config: config }),
  };
}
