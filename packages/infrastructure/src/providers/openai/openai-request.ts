import type { ChatRequest, JsonObject } from "@chatport/domain";
import type { Dialect, UnsupportedField } from "./dialect.js";
import type { ChatCompletionRequest, RequestMessage } from "./models.js";
import { type HistoryConfig, openAIHistoryRules } from "./openai-history.js";
import { invalidRequest, requireCount, requireNumber, requireWhole, unsupported, wholeNumbers } from "../../http/request-checks.js";
import { messagesOf } from "./request/messages.js";
import { openAIOptionsOf, type OpenAIOptions } from "./request/provider-options.js";
import { toolsOf } from "./request/tools.js";

/** How a request is written, as opposed to what it asks. */
export interface RequestMapping extends Dialect, HistoryConfig {
  /** The provider's name, for exceptions. */
  readonly provider: string;
  /** The model of a request that names none. */
  readonly model: string;
  /** Whether the answer is to be streamed. */
  readonly stream: boolean;
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
 * - Reasoning text is sent back only where the dialect has a field for it (`reasoningField`).
 * - Opaque state in `providerMetadata.openai` goes back to the origin that made it: a tool call's on the call (`extra_content`), any other part's on the message
 *   (`reasoning_details`).
 * - A tool result has no error flag: the text of a failed one begins with "Error".
 * - A tool result holds text alone: its images follow in a user message after the results, introduced by a line that names the call.
 * - An invalid tool call goes back, verbatim, only if a result answers it; otherwise it is left out.
 * - Ids of tool calls that the server does not take are rewritten, call and result alike.
 * - Provider parts of other vendors and origins are left out: they are state of another API. What else is, `openAIHistoryRules` says.
 * - There is no default for `maxOutputTokens`: without it the model's own limit holds.
 *
 * `providerOptions.openai` takes the parameters of {@link OpenAIOptions}, and `extraBody`.
 *
 * @throws {RequestException} `unsupported` for what cannot be said in Chat Completions, `invalid-request` for values that can never be right.
 */
export function toChatCompletionRequest(asked: ChatRequest, mapping: RequestMapping): OpenAIRequest {
  const { provider, systemRole = "system", reasoningField } = mapping;
  const history = openAIHistoryRules(mapping);
  const messages = messagesOf(asked.messages, { provider, systemRole, history, ...(reasoningField !== undefined && { reasoningField }) });
  const { extraBody, strictJsonSchema = true, streamOptions, parameters } = openAIOptionsOf(asked.providerOptions, provider);
  const request: ChatCompletionRequest = {
    model: asked.model ?? mapping.model,
    messages: requireMessages(messages, provider),
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
  requireSupported(request, mapping);
  return withOwnNames(request, mapping, extraBody);
}

function requireSupported(request: ChatCompletionRequest, { provider, unsupported: refused = [] }: RequestMapping): void {
  const isAsked = (field: UnsupportedField): boolean =>
    field === "json_schema" ? request.response_format?.type === field : request[field] !== undefined && request[field] !== null;
  const field = refused.find(isAsked);
  if (field === undefined) return;
  const what = field === "json_schema" ? "an answer by a schema (response_format json_schema)" : `the parameter ${field}`;
  throw unsupported(provider, `The server of "${provider}" does not take ${what}. Leave it out, or ask another provider.`);
}

/** Moves what the server knows under a name that OpenAI does not have. */
function withOwnNames(request: ChatCompletionRequest, { seedField }: RequestMapping, extraBody?: JsonObject): OpenAIRequest {
  const { seed, ...rest } = request;
  if (seedField === undefined || seedField === "seed" || typeof seed !== "number")
    return extraBody === undefined ? { request } : { request, extraBody };
  return { request: rest, extraBody: { [seedField]: seed, ...extraBody } };
}

function requireMessages(messages: RequestMessage[], provider: string): RequestMessage[] {
  if (messages.length === 0) throw invalidRequest(provider, "messages is empty: there is nothing to answer.");
  return messages;
}

function samplingOf(
  asked: ChatRequest,
  { provider, maxTokensField = "max_completion_tokens" }: RequestMapping,
): Partial<ChatCompletionRequest> {
  const sampling: Partial<ChatCompletionRequest> = {};
  if (asked.maxOutputTokens !== undefined) sampling[maxTokensField] = requireCount(asked.maxOutputTokens, "maxOutputTokens", provider);
  if (asked.temperature !== undefined) sampling.temperature = requireNumber(asked.temperature, "temperature", [0, 2], provider);
  if (asked.topP !== undefined) sampling.top_p = requireNumber(asked.topP, "topP", [0, 1], provider);
  if (asked.seed !== undefined) sampling.seed = requireWhole(asked.seed, "seed", wholeNumbers, provider);
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
  const options = { ...(mapping.streamUsage === false ? {} : { include_usage: true }), ...asked };
  return Object.keys(options).length === 0 ? { stream: true } : { stream: true, stream_options: options };
}
