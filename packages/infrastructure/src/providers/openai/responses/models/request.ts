import * as z from "zod/mini";
import { jsonObjectSchema } from "../../../../http/json-object-schema.js";
import { inputItemSchema } from "./request-input.js";
import { responsesToolChoiceSchema, responsesToolSchema } from "./request-tool.js";

const between = (low: number, high: number) => z.number().check(z.minimum(low), z.maximum(high));

/** How the answer's text must look. */
export const textFormatSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text") }),
  z.strictObject({ type: z.literal("json_object") }),
  z.strictObject({
    type: z.literal("json_schema"),
    name: z.string(),
    description: z.optional(z.string()),
    schema: jsonObjectSchema,
    strict: z.nullish(z.boolean()),
  }),
]);

export const reasoningSchema = z.strictObject({
  effort: z.optional(z.enum(["none", "minimal", "low", "medium", "high", "xhigh", "max"])),
  summary: z.optional(z.enum(["auto", "concise", "detailed"])),
  context: z.optional(z.enum(["auto", "current_turn", "all_turns"])),
  mode: z.optional(z.string()),
});

const moderationPolicy = z.nullish(z.strictObject({ mode: z.enum(["score", "block"]) }));

/** The parameters of a request that say neither what is asked nor of which model. */
export const responsesParametersSchema = z.strictObject({
  access_programs: z.optional(z.strictObject({ cyber: z.optional(z.enum(["standard", "daybreak_blue", "daybreak_red"])) })),
  context_management: z.nullish(z.array(z.strictObject({ type: z.string(), compact_threshold: z.nullish(z.int().check(z.minimum(1))) }))),
  image: z.optional(z.strictObject({ context_compression: z.optional(z.enum(["auto", "enabled", "disabled"])) })),
  /** Open: servers have words of their own here. */
  include: z.optional(z.array(z.string())),
  /** OpenAI's own API refuses less than 16. */
  max_output_tokens: z.optional(z.int().check(z.minimum(1))),
  max_tool_calls: z.nullish(z.int().check(z.minimum(1))),
  metadata: z.nullish(z.record(z.string(), z.string())),
  moderation: z.nullish(
    z.strictObject({
      model: z.string(),
      policy: z.nullish(z.strictObject({ input: moderationPolicy, output: moderationPolicy })),
    }),
  ),
  parallel_tool_calls: z.nullish(z.boolean()),
  prompt: z.nullish(
    z.strictObject({ id: z.string(), version: z.nullish(z.string()), variables: z.nullish(z.record(z.string(), z.unknown())) }),
  ),
  prompt_cache_key: z.nullish(z.string()),
  prompt_cache_options: z.optional(
    z.strictObject({
      comparison_response_id: z.nullish(z.string()),
      mode: z.optional(z.enum(["implicit", "explicit"])),
      ttl: z.optional(z.enum(["30m", "12h"])),
    }),
  ),
  prompt_cache_retention: z.nullish(z.enum(["in_memory", "24h"])),
  reasoning: z.optional(reasoningSchema),
  safety_identifier: z.nullish(z.string().check(z.maxLength(128))),
  service_tier: z.nullish(z.enum(["auto", "default", "flex", "scale", "priority", "fast", "ultrafast"])),
  /** The conversation is the caller's, and is sent whole every time. */
  store: z.literal(false),
  stream: z.optional(z.boolean()),
  stream_options: z.optional(z.strictObject({ include_obfuscation: z.optional(z.boolean()) })),
  temperature: z.optional(between(0, 2)),
  text: z.optional(z.strictObject({ format: z.optional(textFormatSchema), verbosity: z.optional(z.enum(["low", "medium", "high"])) })),
  tool_choice: z.optional(responsesToolChoiceSchema),
  tools: z.optional(z.array(responsesToolSchema).check(z.minLength(1))),
  top_logprobs: z.nullish(z.int().check(z.minimum(0), z.maximum(20))),
  top_p: z.optional(between(0, 1)),
  truncation: z.nullish(z.enum(["auto", "disabled"])),
  user: z.optional(z.string()),
});

/**
 * A request to `POST /responses`, strictly: an unknown key is refused. The parameters are those of npm openai 7.57.0 (`ResponseCreateParams`), without the ones
 * that leave the conversation with the server (`conversation`, `previous_response_id`, `background`) and those that the port says otherwise (`instructions`). What
 * is not in it goes through `extraBody`, beside the request.
 */
export const responsesRequestSchema = z.strictObject({
  model: z.string().check(z.minLength(1)),
  input: z.array(inputItemSchema).check(z.minLength(1)),
  ...responsesParametersSchema.shape,
});

export type ResponsesParameters = z.infer<typeof responsesParametersSchema>;
export type ResponsesRequest = z.infer<typeof responsesRequestSchema>;
