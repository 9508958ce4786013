import * as z from "zod/mini";
import { jsonObjectSchema } from "../../../http/json-object-schema.js";

const cacheBreakpoint = z.optional(z.strictObject({ mode: z.literal("explicit") }));

export const textContentPartSchema = z.strictObject({
  type: z.literal("text"),
  text: z.string(),
  prompt_cache_breakpoint: cacheBreakpoint,
});

/** An image by URL, `https:` or `data:`. */
export const imageContentPartSchema = z.strictObject({
  type: z.literal("image_url"),
  image_url: z.strictObject({ url: z.string().check(z.minLength(1)), detail: z.optional(z.enum(["auto", "low", "high"])) }),
  prompt_cache_breakpoint: cacheBreakpoint,
});

/** An audio clip in base64, without a `data:` prefix. */
export const audioContentPartSchema = z.strictObject({
  type: z.literal("input_audio"),
  input_audio: z.strictObject({ data: z.string(), format: z.enum(["wav", "mp3"]) }),
  prompt_cache_breakpoint: cacheBreakpoint,
});

/** A file: its bytes as a `data:` URL with a name, or the id of an uploaded one. */
export const fileContentPartSchema = z.strictObject({
  type: z.literal("file"),
  file: z.strictObject({ filename: z.optional(z.string()), file_data: z.optional(z.string()), file_id: z.optional(z.string()) }),
  prompt_cache_breakpoint: cacheBreakpoint,
});

export const userContentPartSchema = z.discriminatedUnion("type", [
  textContentPartSchema,
  imageContentPartSchema,
  audioContentPartSchema,
  fileContentPartSchema,
]);

const refusalContentPartSchema = z.strictObject({ type: z.literal("refusal"), refusal: z.string() });
const texts = z.union([z.string(), z.array(textContentPartSchema).check(z.minLength(1))]);
const name = z.optional(z.string());

/**
 * A tool call of an earlier answer, sent back. Not strict: what a vendor put beside the documented fields (`extra_content`) must go back unchanged.
 */
export const requestFunctionToolCallSchema = z.looseObject({
  id: z.string(),
  type: z.literal("function"),
  function: z.looseObject({ name: z.string(), arguments: z.string() }),
});

const requestCustomToolCallSchema = z.looseObject({
  id: z.string(),
  type: z.literal("custom"),
  custom: z.looseObject({ name: z.string(), input: z.string() }),
});

/** An earlier answer, sent back. Not strict, for the same reason (`reasoning_details`). */
export const assistantRequestMessageSchema = z.looseObject({
  role: z.literal("assistant"),
  content: z.nullish(
    z.union([z.string(), z.array(z.discriminatedUnion("type", [textContentPartSchema, refusalContentPartSchema])).check(z.minLength(1))]),
  ),
  refusal: z.nullish(z.string()),
  name,
  audio: z.nullish(z.strictObject({ id: z.string() })),
  tool_calls: z.optional(z.array(z.discriminatedUnion("type", [requestFunctionToolCallSchema, requestCustomToolCallSchema]))),
  function_call: z.nullish(z.strictObject({ name: z.string(), arguments: z.string() })),
  reasoning_details: z.optional(z.array(jsonObjectSchema)),
});

/** A message of a request, by role. */
export const requestMessageSchema = z.discriminatedUnion("role", [
  z.strictObject({ role: z.literal("developer"), content: texts, name }),
  z.strictObject({ role: z.literal("system"), content: texts, name }),
  z.strictObject({
    role: z.literal("user"),
    content: z.union([z.string(), z.array(userContentPartSchema).check(z.minLength(1))]),
    name,
  }),
  assistantRequestMessageSchema,
  z.strictObject({ role: z.literal("tool"), content: texts, tool_call_id: z.string() }),
  z.strictObject({ role: z.literal("function"), content: z.nullable(z.string()), name: z.string() }),
]);

export type UserContentPart = z.infer<typeof userContentPartSchema>;
export type RequestFunctionToolCall = z.infer<typeof requestFunctionToolCallSchema>;
export type AssistantRequestMessage = z.infer<typeof assistantRequestMessageSchema>;
export type RequestMessage = z.infer<typeof requestMessageSchema>;
