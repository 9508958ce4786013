import * as z from "zod/mini";
import { jsonSchema, typedObjectSchema } from "./output-item.js";

const text = z.nullish(z.string());
const count = z.nullish(z.number());

/** Tokens as the API counts them: `input_tokens` includes cached ones, `output_tokens` includes reasoning. */
export const responseUsageSchema = z.looseObject({
  input_tokens: count,
  output_tokens: count,
  input_tokens_details: z.nullish(z.looseObject({ cached_tokens: count, cache_write_tokens: count })),
  output_tokens_details: z.nullish(z.looseObject({ reasoning_tokens: count })),
});

/**
 * A response as far as it is read (https://platform.openai.com/docs/api-reference/responses/object), loosely: llama.cpp leaves the model and the output out
 * until it is complete.
 */
export const responseSchema = z.looseObject({
  id: text,
  model: text,
  status: text,
  output: z.nullish(z.array(typedObjectSchema)),
  usage: z.nullish(responseUsageSchema),
  error: z.optional(jsonSchema),
  incomplete_details: z.nullish(z.looseObject({ reason: text })),
});

export type ResponseUsage = z.infer<typeof responseUsageSchema>;
export type WireResponse = z.infer<typeof responseSchema>;
