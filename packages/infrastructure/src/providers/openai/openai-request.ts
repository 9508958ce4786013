import type { ChatRequest, JsonObject } from "@chatport/domain";
import type { ChatCompletionRequest, RequestMessage } from "./models.js";
import type { MaxTokensField, SystemRole } from "./openai-config.js";
import { invalidRequest, unsupported } from "./request/failures.js";
import { messagesOf } from "./request/messages.js";
import { requireNumber, requireWhole } from "./request/numbers.js";
import { openAIOptionsOf, type OpenAIOptions } from "./request/provider-options.js";
import { toolsOf } from "./request/tools.js";

/** How a request is written, as opposed to what it asks. */
export interface RequestMapping {
  /** The provider's name, for exceptions. */
  readonly provider: string;
  /** The model of a request that names none. */
  readonly model: string;
  readonly maxTokensField: MaxTokensField;
  readonly systemRole: SystemRole;
  /** Whether the answer is to be streamed. */
  readonly stream: boolean;
  /** Whether a streamed answer is to end with its usage. */
  readonly streamUsage: boolean;
}

/** A request in OpenAI's terms, and what is merged over its body last, verbatim. */
export interface OpenAIRequest {
  readonly request: ChatCompletionRequest;
  readonly extraBody?: JsonObject;
}

/**
 * Translates a request of the port to one of the Chat Completions API. Pure: no I/O, and the same request gives the same result.
 *
 * What Chat Completions has no words for, and what becomes of it:
 * - A system message keeps its place, also in mid-conversation.
 * - Reasoning text is not sent back. Opaque state in `providerMetadata.openai` is: a tool call's on the call (`extra_content`), any other part's on the message
 *   (`reasoning_details`).
 * - A tool result has no error flag: the text of a failed one begins with "Error".
 * - A tool result holds text alone: its images follow in a user message after the results, introduced by a line that names the call.
 * - An invalid tool call goes back, verbatim, only if a result answers it; otherwise it is left out.
 * - Provider parts of other vendors are left out: they are state of another API.
 * - There is no default for `maxOutputTokens`: without it the model's own limit holds.
 *
 * `providerOptions.openai` takes the parameters of {@link OpenAIOptions}, and `extraBody`.
 *
 * @throws {RequestException} `unsupported` for what cannot be said in Chat Completions, `invalid-request` for values that can never be right.
 */
export function toChatCompletionRequest(asked: ChatRequest, mapping: RequestMapping): OpenAIRequest {
  const { provider } = mapping;
  const { extraBody, strictJsonSchema = true, streamOptions, parameters } = openAIOptionsOf(asked.providerOptions, provider);
  const request: ChatCompletionRequest = {
    model: asked.model ?? mapping.model,
    messages: requireMessages(messagesOf(asked.messages, mapping), provider),
    ...samplingOf(asked, mapping),
    ...toolsOf(asked, provider),
    ...outputOf(asked, strictJsonSchema),
    ...(asked.reasoning === undefined ? {} : { reasoning_effort: asked.reasoning }),
    ...parameters,
    ...streamingOf(mapping, streamOptions),
  };
  if (asked.output !== undefined && parameters.response_format !== undefined) {
    throw invalidRequest(
      provider,
      "output and providerOptions.openai.responseFormat both say what the answer must look like; set one of them.",
    );
  }
  return extraBody === undefined ? { request } : { request, extraBody };
}

function requireMessages(messages: RequestMessage[], provider: string): RequestMessage[] {
  if (messages.length === 0) throw invalidRequest(provider, "messages is empty: there is nothing to answer.");
  return messages;
}

function samplingOf(asked: ChatRequest, { provider, maxTokensField }: RequestMapping): Partial<ChatCompletionRequest> {
  const sampling: Partial<ChatCompletionRequest> = {};
  if (asked.maxOutputTokens !== undefined) sampling[maxTokensField] = requireWhole(asked.maxOutputTokens, "maxOutputTokens", 1, provider);
  if (asked.temperature !== undefined) sampling.temperature = requireNumber(asked.temperature, "temperature", [0, 2], provider);
  if (asked.topP !== undefined) sampling.top_p = requireNumber(asked.topP, "topP", [0, 1], provider);
  if (asked.seed !== undefined) sampling.seed = requireWhole(asked.seed, "seed", Number.MIN_SAFE_INTEGER, provider);
  if (asked.stopSequences !== undefined && asked.stopSequences.length > 0) sampling.stop = stopOf(asked.stopSequences, provider);
  return sampling;
}

const mostStopSequences = 4;

function stopOf(sequences: readonly string[], provider: string): string[] {
  if (sequences.length > mostStopSequences) {
    throw unsupported(
      provider,
      `stopSequences has ${sequences.length} entries, and Chat Completions takes ${mostStopSequences}. Leave some out, or, where the server takes more, ` +
        "send them as providerOptions.openai.extraBody.stop.",
    );
  }
  return [...sequences];
}

function outputOf({ output }: ChatRequest, strict: boolean): Partial<ChatCompletionRequest> {
  if (output === undefined) return {};
  return { response_format: { type: "json_schema", json_schema: { name: output.name, schema: output.schema, strict } } };
}

function streamingOf(mapping: RequestMapping, asked: OpenAIOptions["streamOptions"]): Partial<ChatCompletionRequest> {
  if (!mapping.stream) return {};
  const options = { ...(mapping.streamUsage ? { include_usage: true } : {}), ...asked };
  return Object.keys(options).length === 0 ? { stream: true } : { stream: true, stream_options: options };
}
