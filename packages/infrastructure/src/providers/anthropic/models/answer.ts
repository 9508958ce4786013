import * as z from "zod/mini";
import { jsonObjectSchema } from "../../../http/json-object-schema.js";
import { typedObjectSchema } from "./typed-object.js";

const text = z.nullish(z.string());
const count = z.nullish(z.number());

/** Token counts, of which any may be missing. */
export const usageSchema = z.looseObject({
  input_tokens: count,
  output_tokens: count,
  cache_read_input_tokens: count,
  cache_creation_input_tokens: count,
  output_tokens_details: z.nullish(z.looseObject({ thinking_tokens: count })),
});

/** What a message says about its end. */
export const messageEndSchema = z.looseObject({
  stop_reason: text,
  /** Why the API refused to go on. */
  stop_details: z.nullish(jsonObjectSchema),
  /** The container of server-side code execution, by whose id a later request uses it again. */
  container: z.nullish(jsonObjectSchema),
});

/** A message, loosely: whole, or as `message_start` begins it. */
export const messageSchema = z.looseObject({
  ...messageEndSchema.shape,
  id: text,
  model: text,
  content: z.nullish(z.array(typedObjectSchema)),
  usage: z.nullish(usageSchema),
});

export type WireUsage = z.infer<typeof usageSchema>;
export type MessageEnd = z.infer<typeof messageEndSchema>;
export type WireMessage = z.infer<typeof messageSchema>;
