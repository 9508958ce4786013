import type { ChatRequest, JsonObject } from "@chatport/domain";
import type { Dialect } from "../dialect.js";
import { invalidRequest, requireCount, requireNumber, unsupported } from "../../../http/request-checks.js";
import { defaultBaseUrl } from "../base-url.js";
import type { ResponsesRequest } from "./models/request.js";
import type { OpenAIResponsesConfig } from "./responses-config.js";
import { type ResponsesHistoryConfig, responsesHistoryRules } from "./responses-history.js";
import { inputOf } from "./request/input.js";
import { type ResponsesOptions, responsesOptionsOf } from "./request/responses-options.js";
import { toolsOf } from "./request/tools.js";

/** How a request is written, as opposed to what it asks. Of a dialect, only `systemRole` concerns this API. */
export interface ResponsesMapping
  extends Pick<Dialect, "systemRole">, Pick<OpenAIResponsesConfig, "encryptedReasoning">, ResponsesHistoryConfig {
  /** The provider's name, for exceptions. */
  readonly provider: string;
  /** The model of a request that names none. */
  readonly model: string;
  /** Whether the answer is to be streamed. */
  readonly stream: boolean;
}

/** A request in the API's terms, and what is merged over its body last, verbatim. */
export interface MappedResponsesRequest {
  readonly request: ResponsesRequest;
  readonly extraBody?: JsonObject;
}

/**
 * Translates a request of the port to one of the Responses API (https://platform.openai.com/docs/api-reference/responses/create). Pure: no I/O, and the same
 * request gives the same result.
 *
 * The conversation is sent whole and nothing is left with the server (`store: false`): what a reasoning model thought comes sealed
 * (`reasoning.encrypted_content`) and goes back as it came. OpenAI's models that do not reason refuse to be asked for it ("Encrypted content is not supported with
 * this model", github.com/pydantic/pydantic-ai/issues/2865), so that those which are known are not; `encryptedReasoning` says it for others, such as a deployment
 * whose name tells nothing, and `providerOptions.openai.include` null for one request.
 *
 * What the API has no words for, and what becomes of it:
 * - A system message keeps its place, also in mid-conversation: it is an item of the input, not `instructions`, of which there is one text, before all else.
 * - `stopSequences` and `seed` do not exist, nor do sound and video in messages.
 * - A tool result has no error flag: the text of a failed one begins with "Error". Its images stay where they are.
 * - An invalid tool call goes back, verbatim, only if a result answers it; otherwise it is left out.
 * - Ids of tool calls of more than 64 characters are rewritten, call and result alike.
 * - Items go back to the origin that made them; see `responsesHistoryRules` and `answerItemsOf`. A caller may also send an input item of the API's own, such as an
 *   `mcp_approval_response`: as a provider part of an assistant message, its `data` the item.
 * - There is no default for `maxOutputTokens`. OpenAI takes 16 and more.
 * - Where `reasoning` is asked for, so is a summary of it, to be shown; see `providerOptions.openai.reasoningSummary`.
 *
 * `providerOptions.openai` takes the options of `ResponsesOptions`, and `extraBody`.
 *
 * @throws {RequestException} `unsupported` for what cannot be said in this API, `invalid-request` for values that can never be right.
 */
export function toResponsesRequest(asked: ChatRequest, mapping: ResponsesMapping): MappedResponsesRequest {
  const { provider, systemRole = "system" } = mapping;
  requireExpressible(asked, provider);
  const { options, passedOn } = responsesOptionsOf(asked.providerOptions, provider);
  const { extraBody } = options;
  const model = asked.model ?? mapping.model;
  const request: ResponsesRequest = {
    model,
    input: inputOf(asked.messages, { provider, systemRole, history: responsesHistoryRules({ ...mapping, model }) }),
    store: false,
    ...includeOf(options, mapping.encryptedReasoning ?? !modelsWithoutReasoning.test(model)),
    ...samplingOf(asked, mapping),
    ...toolsOf(asked, options, provider),
    ...textOf(asked, options, provider),
    ...reasoningOf(asked, options),
    ...passedOn,
    ...streamingOf(mapping, options),
  };
  return extraBody === undefined ? { request } : { request, extraBody };
}

function requireExpressible({ messages, stopSequences = [], seed }: ChatRequest, provider: string): void {
  if (messages.length === 0) throw invalidRequest(provider, "messages is empty: there is nothing to answer.");
  if (stopSequences.length > 0) {
    throw unsupported(
      provider,
      "stopSequences cannot be said in the Responses API. Leave them out, or ask a provider that speaks Chat Completions.",
    );
  }
  if (seed !== undefined) {
    throw unsupported(provider, "seed cannot be said in the Responses API. Leave it out, or ask a provider that speaks Chat Completions.");
  }
}

const sealedReasoning = "reasoning.encrypted_content";

/**
 * GPT-3.5 to GPT-4.5, and the models of ChatGPT, as https://platform.openai.com/docs/models lists them: none of them has reasoning tokens. Fine-tuned ones begin
 * with `ft:` (https://platform.openai.com/docs/guides/supervised-fine-tuning), those of a gateway with its word for the vendor.
 */
const modelsWithoutReasoning = /^(?:[\w.-]+\/)*(?:ft:)?(?:gpt-[34]|chatgpt-)|-chat-latest$/u;

function includeOf({ include }: ResponsesOptions, sealed: boolean): Pick<ResponsesRequest, "include"> {
  const all = new Set([...(sealed ? [sealedReasoning] : []), ...(include ?? [])]);
  return include === null || all.size === 0 ? {} : { include: [...all] };
}

function samplingOf(asked: ChatRequest, mapping: ResponsesMapping): Partial<ResponsesRequest> {
  const { provider } = mapping;
  const { maxOutputTokens, temperature, topP } = asked;
  return {
    ...(maxOutputTokens !== undefined && { max_output_tokens: outputTokensOf(maxOutputTokens, mapping) }),
    ...(temperature !== undefined && { temperature: requireNumber(temperature, "temperature", [0, 2], provider) }),
    ...(topP !== undefined && { top_p: requireNumber(topP, "topP", [0, 1], provider) }),
  };
}

// "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16" (github.com/earendil-works/pi/issues/6265). Other servers take less.
const fewestOutputTokens = 16;

function outputTokensOf(value: number, { provider, baseUrl = defaultBaseUrl }: ResponsesMapping): number {
  const tokens = requireCount(value, "maxOutputTokens", provider);
  if (tokens >= fewestOutputTokens || new URL(baseUrl).origin !== new URL(defaultBaseUrl).origin) return tokens;
  throw invalidRequest(
    provider,
    `maxOutputTokens is ${tokens}, and OpenAI's Responses API refuses less than ${fewestOutputTokens}. Ask for ${fewestOutputTokens} or more.`,
  );
}

function textOf({ output }: ChatRequest, options: ResponsesOptions, provider: string): Pick<ResponsesRequest, "text"> {
  const { strictJsonSchema: strict = true, textFormat, verbosity } = options;
  if (output !== undefined && textFormat !== undefined) {
    throw invalidRequest(
      provider,
      "output and providerOptions.openai.textFormat both say what the answer must look like; set one of them.",
    );
  }
  const format = output === undefined ? textFormat : { type: "json_schema" as const, name: output.name, schema: output.schema, strict };
  if (format === undefined && verbosity === undefined) return {};
  return { text: { ...(format !== undefined && { format }), ...(verbosity !== undefined && { verbosity }) } };
}

function reasoningOf(asked: ChatRequest, options: ResponsesOptions): Pick<ResponsesRequest, "reasoning"> {
  const { reasoningEffort: effort = asked.reasoning, reasoningSummary, reasoningContext: context, reasoningMode: mode } = options;
  const usual = effort === undefined || effort === "none" ? null : "auto";
  const summary = reasoningSummary === undefined ? usual : reasoningSummary;
  const reasoning = {
    ...(effort !== undefined && { effort }),
    ...(summary !== null && { summary }),
    ...(context !== undefined && { context }),
    ...(mode !== undefined && { mode }),
  };
  return Object.keys(reasoning).length === 0 ? {} : { reasoning };
}

function streamingOf(
  { stream }: ResponsesMapping,
  { streamOptions }: ResponsesOptions,
): Pick<ResponsesRequest, "stream" | "stream_options"> {
  if (!stream) return {};
  return streamOptions === undefined ? { stream: true } : { stream: true, stream_options: streamOptions };
}
