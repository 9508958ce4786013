import * as z from "zod/mini";
import { jsonObjectSchema } from "../../../http/json-object-schema.js";
import { requestMessageSchema, requestTextSchema } from "./request-content.js";
import { typedObjectSchema } from "./typed-object.js";

const between = (low: number, high: number) => z.number().check(z.minimum(low), z.maximum(high));
const display = z.optional(z.nullable(z.enum(["summarized", "omitted"])));

/** How the model thinks. Which of them a model takes differs (https://platform.claude.com/docs/en/build-with-claude/thinking). */
export const thinkingConfigSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("adaptive"), display }),
  z.strictObject({ type: z.literal("enabled"), budget_tokens: z.int().check(z.minimum(1024)), display }),
  z.strictObject({ type: z.literal("disabled") }),
  z.strictObject({ type: z.literal("between_tools") }),
]);

export const effortSchema = z.enum(["low", "medium", "high", "xhigh", "max"]);

const customToolSchema = z.strictObject({ name: z.string(), description: z.optional(z.string()), input_schema: jsonObjectSchema });
const parallel = { disable_parallel_tool_use: z.optional(z.boolean()) };

export const toolChoiceSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("auto"), ...parallel }),
  z.strictObject({ type: z.literal("any"), ...parallel }),
  z.strictObject({ type: z.literal("tool"), name: z.string(), ...parallel }),
  z.strictObject({ type: z.literal("none") }),
]);

/** The parameters of a request that only this API knows. */
export const requestParametersSchema = z.strictObject({
  cache_control: z.optional(z.strictObject({ type: z.literal("ephemeral"), ttl: z.optional(z.enum(["5m", "1h"])) })),
  container: z.optional(z.union([z.string(), jsonObjectSchema])),
  inference_geo: z.optional(z.string()),
  metadata: z.optional(z.strictObject({ user_id: z.optional(z.string()) })),
  service_tier: z.optional(z.enum(["auto", "standard_only"])),
  speed: z.optional(z.enum(["standard", "fast"])),
  thinking: z.optional(thinkingConfigSchema),
  top_k: z.optional(z.int().check(z.minimum(0))),
});

/**
 * What this adapter sends to `POST /v1/messages`, strictly (https://platform.claude.com/docs/en/api/messages/create; `MessageCreateParams` of Anthropic's own
 * client). Of `temperature`, `top_p` and `top_k` current models take the defaults alone, older ones all values.
 */
export const messagesRequestSchema = z.strictObject({
  ...requestParametersSchema.shape,
  model: z.string().check(z.minLength(1)),
  max_tokens: z.int().check(z.minimum(1)),
  system: z.optional(z.array(requestTextSchema).check(z.minLength(1))),
  messages: z.array(requestMessageSchema).check(z.minLength(1)),
  tools: z.optional(z.array(z.union([customToolSchema, typedObjectSchema])).check(z.minLength(1))),
  tool_choice: z.optional(toolChoiceSchema),
  output_config: z.optional(
    z.strictObject({
      effort: z.optional(effortSchema),
      format: z.optional(z.strictObject({ type: z.literal("json_schema"), schema: jsonObjectSchema })),
    }),
  ),
  temperature: z.optional(between(0, 1)),
  top_p: z.optional(between(0, 1)),
  stop_sequences: z.optional(z.array(z.string())),
  stream: z.optional(z.boolean()),
});

export type ThinkingConfig = z.infer<typeof thinkingConfigSchema>;
export type RequestParameters = z.infer<typeof requestParametersSchema>;
export type RequestToolChoice = z.infer<typeof toolChoiceSchema>;
export type MessagesRequest = z.infer<typeof messagesRequestSchema>;
