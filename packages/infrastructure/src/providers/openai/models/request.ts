import * as z from "zod/mini";
import { jsonObjectSchema } from "../../../http/json-object-schema.js";
import { requestMessageSchema, textContentPartSchema } from "./request-message.js";
import { functionDefinitionSchema, requestToolChoiceSchema, requestToolSchema } from "./request-tool.js";

const between = (low: number, high: number) => z.number().check(z.minimum(low), z.maximum(high));
const tokenLimit = z.nullish(z.int().check(z.minimum(1)));

/** How the answer's text must look. */
export const responseFormatSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text") }),
  z.strictObject({ type: z.literal("json_object") }),
  z.strictObject({
    type: z.literal("json_schema"),
    json_schema: z.strictObject({
      name: z.string(),
      description: z.optional(z.string()),
      schema: z.optional(jsonObjectSchema),
      strict: z.nullish(z.boolean()),
    }),
  }),
]);

const webSearchOptionsSchema = z.strictObject({
  search_context_size: z.optional(z.enum(["low", "medium", "high"])),
  user_location: z.nullish(
    z.strictObject({
      type: z.literal("approximate"),
      approximate: z.strictObject({
        country: z.optional(z.string()),
        region: z.optional(z.string()),
        city: z.optional(z.string()),
        timezone: z.optional(z.string()),
      }),
    }),
  ),
});

const moderationConfig = z.nullish(z.strictObject({ mode: z.enum(["score", "block"]) }));
const moderationSchema = z.strictObject({
  model: z.string(),
  policy: z.nullish(z.strictObject({ input: moderationConfig, output: moderationConfig })),
});

const predictionSchema = z.strictObject({
  type: z.literal("content"),
  content: z.union([z.string(), z.array(textContentPartSchema).check(z.minLength(1))]),
});

/** The parameters of a request that say neither what is asked nor of which model. */
export const requestParametersSchema = z.strictObject({
  audio: z.nullish(
    z.strictObject({
      voice: z.union([z.string(), z.strictObject({ id: z.string() })]),
      format: z.enum(["wav", "aac", "mp3", "flac", "opus", "pcm16"]),
    }),
  ),
  frequency_penalty: z.nullish(between(-2, 2)),
  function_call: z.optional(z.union([z.enum(["none", "auto"]), z.strictObject({ name: z.string() })])),
  functions: z.optional(z.array(functionDefinitionSchema).check(z.minLength(1), z.maxLength(128))),
  logit_bias: z.nullish(z.record(z.string(), z.int())),
  logprobs: z.nullish(z.boolean()),
  max_completion_tokens: tokenLimit,
  max_tokens: tokenLimit,
  metadata: z.nullish(z.record(z.string(), z.string())),
  modalities: z.nullish(z.array(z.enum(["text", "audio"]))),
  moderation: z.nullish(moderationSchema),
  n: z.nullish(z.int().check(z.minimum(1), z.maximum(128))),
  parallel_tool_calls: z.optional(z.boolean()),
  prediction: z.nullish(predictionSchema),
  presence_penalty: z.nullish(between(-2, 2)),
  prompt_cache_key: z.nullish(z.string()),
  prompt_cache_options: z.optional(
    z.strictObject({ ttl: z.optional(z.literal("30m")), mode: z.optional(z.enum(["implicit", "explicit"])) }),
  ),
  prompt_cache_retention: z.nullish(z.enum(["in_memory", "24h"])),
  reasoning_effort: z.nullish(z.enum(["none", "minimal", "low", "medium", "high", "xhigh", "max"])),
  response_format: z.optional(responseFormatSchema),
  safety_identifier: z.nullish(z.string().check(z.maxLength(64))),
  seed: z.nullish(z.int()),
  service_tier: z.nullish(z.enum(["auto", "default", "flex", "scale", "priority", "fast"])),
  stop: z.nullish(z.union([z.string(), z.array(z.string()).check(z.minLength(1), z.maxLength(4))])),
  store: z.nullish(z.boolean()),
  stream: z.nullish(z.boolean()),
  stream_options: z.nullish(z.strictObject({ include_usage: z.optional(z.boolean()), include_obfuscation: z.optional(z.boolean()) })),
  temperature: z.nullish(between(0, 2)),
  tool_choice: z.optional(requestToolChoiceSchema),
  tools: z.optional(z.array(requestToolSchema)),
  // The schema's parts disagree on null here; without it all of them hold.
  top_logprobs: z.optional(z.int().check(z.minimum(0), z.maximum(20))),
  top_p: z.nullish(between(0, 1)),
  user: z.optional(z.string()),
  verbosity: z.nullish(z.enum(["low", "medium", "high"])),
  web_search_options: z.optional(webSearchOptionsSchema),
});

/**
 * The whole documented parameter set of `POST /chat/completions`, strictly: an unknown key is refused. It is at least as strict as CreateChatCompletionRequest
 * of OpenAI's OpenAPI description (github.com/openai/openai-openapi, version 2.3.0). What is not in it goes through `extraBody`, beside the request.
 */
export const chatCompletionRequestSchema = z.strictObject({
  model: z.string().check(z.minLength(1)),
  messages: z.array(requestMessageSchema).check(z.minLength(1)),
  ...requestParametersSchema.shape,
});

export type RequestParameters = z.infer<typeof requestParametersSchema>;
export type ChatCompletionRequest = z.infer<typeof chatCompletionRequestSchema>;
