import * as z from "zod/mini";
import { jsonObjectSchema } from "../../../http/json-object-schema.js";
import { typedObjectSchema } from "./typed-object.js";

const filled = z.string().check(z.minLength(1));
const urlSource = z.strictObject({ type: z.literal("url"), url: filled });

export const requestTextSchema = z.strictObject({
  type: z.literal("text"),
  text: filled,
  citations: z.optional(z.array(jsonObjectSchema)),
});

export const imageMediaTypeSchema = z.enum(["image/jpeg", "image/png", "image/gif", "image/webp"]);

export const requestImageSchema = z.strictObject({
  type: z.literal("image"),
  source: z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("base64"), media_type: imageMediaTypeSchema, data: filled }),
    urlSource,
  ]),
});

export const requestDocumentSchema = z.strictObject({
  type: z.literal("document"),
  source: z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("base64"), media_type: z.literal("application/pdf"), data: filled }),
    z.strictObject({ type: z.literal("text"), media_type: z.literal("text/plain"), data: filled }),
    urlSource,
  ]),
  title: z.optional(z.string()),
});

export const requestToolResultSchema = z.strictObject({
  type: z.literal("tool_result"),
  tool_use_id: filled,
  content: z.optional(z.array(z.discriminatedUnion("type", [requestTextSchema, requestImageSchema])).check(z.minLength(1))),
  is_error: z.optional(z.boolean()),
});

export const requestToolUseSchema = z.looseObject({
  type: z.literal("tool_use"),
  id: filled,
  name: filled,
  input: jsonObjectSchema,
});

export const userBlockSchema = z.discriminatedUnion("type", [
  requestTextSchema,
  requestImageSchema,
  requestDocumentSchema,
  requestToolResultSchema,
]);

/** What an answer may hold when it is sent back: blocks of server tools go back as they came. */
export const assistantBlockSchema = z.union([
  requestTextSchema,
  z.strictObject({ type: z.literal("thinking"), thinking: z.string(), signature: z.string() }),
  z.strictObject({ type: z.literal("redacted_thinking"), data: z.string() }),
  requestToolUseSchema,
  typedObjectSchema,
]);

/** A message of a request, by role. */
export const requestMessageSchema = z.discriminatedUnion("role", [
  z.strictObject({ role: z.literal("user"), content: z.array(userBlockSchema).check(z.minLength(1)) }),
  z.strictObject({ role: z.literal("assistant"), content: z.array(assistantBlockSchema).check(z.minLength(1)) }),
  z.strictObject({ role: z.literal("system"), content: z.array(requestTextSchema).check(z.minLength(1)) }),
]);

export type RequestText = z.infer<typeof requestTextSchema>;
export type RequestImage = z.infer<typeof requestImageSchema>;
export type RequestDocument = z.infer<typeof requestDocumentSchema>;
export type RequestToolResult = z.infer<typeof requestToolResultSchema>;
export type UserBlock = z.infer<typeof userBlockSchema>;
export type AssistantBlock = z.infer<typeof assistantBlockSchema>;
export type RequestMessage = z.infer<typeof requestMessageSchema>;
