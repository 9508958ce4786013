import type { ChatRequest } from "@chatport/domain";
import * as z from "zod/mini";
import { readProviderOptions, withSnakeCaseNames } from "../../../../http/provider-options.js";
import { jsonObjectSchema } from "../../../../http/json-object-schema.js";
import { vendor } from "../../vendor.js";
import { reasoningSchema, type ResponsesParameters, responsesParametersSchema, textFormatSchema } from "../models/request.js";
import { serverToolSchema, wireToolChoiceSchema } from "../models/request-tool.js";
import { unknownOption } from "./unknown-option.js";

const wire = responsesParametersSchema.shape;

/** Parameters that only this API knows: their names in camelCase, their values as the wire takes them. */
const parameters = {
  accessPrograms: wire.access_programs,
  contextManagement: wire.context_management,
  image: wire.image,
  maxToolCalls: wire.max_tool_calls,
  metadata: wire.metadata,
  moderation: wire.moderation,
  parallelToolCalls: wire.parallel_tool_calls,
  prompt: wire.prompt,
  promptCacheKey: wire.prompt_cache_key,
  promptCacheOptions: wire.prompt_cache_options,
  promptCacheRetention: wire.prompt_cache_retention,
  safetyIdentifier: wire.safety_identifier,
  serviceTier: wire.service_tier,
  topLogprobs: wire.top_logprobs,
  truncation: wire.truncation,
  user: wire.user,
};

/** What `providerOptions.openai` may hold, beside the parameters: an unknown name is refused, so that a typing error is not taken for a setting. */
const responsesOptionsSchema = z.strictObject({
  ...parameters,
  /** Added to `reasoning.encrypted_content`, which is asked for unless the model is known not to think; null asks for nothing at all, as servers and models want that refuse the field. */
  include: z.nullish(z.array(z.string())),
  /** Reaches the efforts that the port does not name (minimal, xhigh, max); replaces `reasoning`. */
  reasoningEffort: reasoningSchema.shape.effort,
  /** How thoughts are summed up. Default "auto" where the request asks for reasoning; null: not at all, as OpenAI wants from organisations that it has not verified. */
  reasoningSummary: z.nullish(z.enum(["auto", "concise", "detailed"])),
  reasoningContext: reasoningSchema.shape.context,
  reasoningMode: reasoningSchema.shape.mode,
  /** Tools of the server's own, as the wire has them, after the request's: `{type: "web_search"}`. */
  serverTools: z.optional(z.array(serverToolSchema)),
  /** A choice that the port has no words for, as the wire has it. */
  toolChoice: z.optional(wireToolChoiceSchema),
  /** For `{type: "json_object"}`; a schema goes in the request's `output`. */
  textFormat: z.optional(textFormatSchema),
  verbosity: z.optional(z.enum(["low", "medium", "high"])),
  /**
   * Whether the server must enforce the schema of `output`. Default true, as the port promises; false for a schema outside of what OpenAI enforces
   * (https://platform.openai.com/docs/guides/structured-outputs#supported-schemas).
   */
  strictJsonSchema: z.optional(z.boolean()),
  /** The `stream_options` of a streamed request: `{include_obfuscation: false}` saves bytes. */
  streamOptions: wire.stream_options,
  /** Merged over the request's body last, verbatim: for what a compatible server knows and OpenAI does not. */
  extraBody: z.optional(jsonObjectSchema),
});

export type ResponsesOptions = z.infer<typeof responsesOptionsSchema>;

/** The options, and those of them that are parameters of the wire by their wire names. */
export interface ReadResponsesOptions {
  readonly options: ResponsesOptions;
  readonly passedOn: Partial<Omit<ResponsesParameters, "store">>;
}

/**
 * Reads `providerOptions.openai` for the Responses API; the options of other vendors are not looked at.
 *
 * @throws {RequestException} `unsupported` for a name that is not known here, `invalid-request` for a value of the wrong kind.
 */
export function responsesOptionsOf(given: ChatRequest["providerOptions"], provider: string): ReadResponsesOptions {
  const known = Object.keys(responsesOptionsSchema.shape);
  const unknown = Object.keys(given?.[vendor] ?? {}).find((name) => !known.includes(name));
  if (unknown !== undefined) throw unknownOption(unknown, known, provider);
  const options = readProviderOptions(given, vendor, responsesOptionsSchema, provider) ?? {};
  const passedOn = Object.fromEntries(Object.entries(options).filter(([name]) => Object.hasOwn(parameters, name)));
  return { options, passedOn: passedOnSchema.parse(withSnakeCaseNames(passedOn)) };
}

const passedOnSchema = z.omit(responsesParametersSchema, { store: true });
