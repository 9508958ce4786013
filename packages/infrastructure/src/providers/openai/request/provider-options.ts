import type { ChatRequest, JsonObject } from "@chatport/domain";
import * as z from "zod/mini";
import { readProviderOptions, withSnakeCaseNames } from "../../../http/provider-options.js";
import { unsupported } from "../../../http/request-checks.js";
import { jsonObjectSchema, type RequestParameters, requestParametersSchema } from "../models.js";
import { vendor } from "../vendor.js";

const wire = requestParametersSchema.shape;

/** Parameters that only OpenAI's API knows: their names in camelCase, their values as the wire takes them. */
const parameters = {
  audio: wire.audio,
  frequencyPenalty: wire.frequency_penalty,
  logitBias: wire.logit_bias,
  logprobs: wire.logprobs,
  metadata: wire.metadata,
  modalities: wire.modalities,
  moderation: wire.moderation,
  n: wire.n,
  parallelToolCalls: wire.parallel_tool_calls,
  prediction: wire.prediction,
  presencePenalty: wire.presence_penalty,
  promptCacheKey: wire.prompt_cache_key,
  promptCacheOptions: wire.prompt_cache_options,
  promptCacheRetention: wire.prompt_cache_retention,
  /** Reaches the efforts that the port does not name (minimal, xhigh, max); replaces `reasoning`. */
  reasoningEffort: wire.reasoning_effort,
  /** For `{type: "json_object"}`; a schema goes in the request's `output`. */
  responseFormat: wire.response_format,
  safetyIdentifier: wire.safety_identifier,
  serviceTier: wire.service_tier,
  store: wire.store,
  topLogprobs: wire.top_logprobs,
  user: wire.user,
  verbosity: wire.verbosity,
  webSearchOptions: wire.web_search_options,
};

/**
 * What `providerOptions.openai` may hold, beside {@link parameters}: an unknown name is refused, so that a typing error is not taken for a setting.
 */
const openAIOptionsSchema = z.strictObject({
  ...parameters,
  /**
   * Whether the server must enforce the schema of `output`. Default true, as the port promises; false for a schema outside of what OpenAI enforces
   * (https://platform.openai.com/docs/guides/structured-outputs#supported-schemas).
   */
  strictJsonSchema: z.optional(z.boolean()),
  /** Merged into `stream_options` of a streamed request: `{include_obfuscation: false}` saves bytes. */
  streamOptions: z.optional(z.strictObject({ include_usage: z.optional(z.boolean()), include_obfuscation: z.optional(z.boolean()) })),
  /** Merged over the request's body last, verbatim: for what a compatible server knows and OpenAI does not. */
  extraBody: z.optional(jsonObjectSchema),
});

export type OpenAIOptions = z.infer<typeof openAIOptionsSchema>;

/** The options apart: wire parameters by their wire names, and what steers the mapping. */
interface ReadOptions {
  readonly parameters: Partial<RequestParameters>;
  readonly strictJsonSchema?: boolean | undefined;
  readonly streamOptions?: OpenAIOptions["streamOptions"];
  readonly extraBody?: JsonObject | undefined;
}

/**
 * Reads `providerOptions.openai`; the options of other vendors are not looked at.
 *
 * @throws {RequestException} `unsupported` for a name that is not known and for `n` above 1, `invalid-request` for a value of the wrong kind.
 */
export function openAIOptionsOf(options: ChatRequest["providerOptions"], provider: string): ReadOptions {
  const read = readProviderOptions(options, vendor, openAIOptionsSchema, provider);
  if (read === undefined) return { parameters: {} };
  const { strictJsonSchema, streamOptions, extraBody, ...rest } = read;
  if ((rest.n ?? 1) > 1) {
    throw unsupported(
      provider,
      `providerOptions.openai.n is ${rest.n}, but a stream of the port carries one answer. Ask ${rest.n} times instead.`,
    );
  }
  return { parameters: requestParametersSchema.parse(withSnakeCaseNames(rest)), strictJsonSchema, streamOptions, extraBody };
}
