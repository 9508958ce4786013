import * as z from "zod/mini";
import { jsonObjectSchema } from "../../../http/json-object-schema.js";

/** Bytes in base64, with their IANA media type. */
export const blobSchema = z.strictObject({ mimeType: z.string(), data: z.string() });

/** A file that the server has or fetches, with its IANA media type. */
export const fileDataSchema = z.strictObject({ mimeType: z.string(), fileUri: z.string() });

/** The result of a call: `output`, or `error` for one that failed; images beside it as parts of their own. */
export const functionResponseSchema = z.strictObject({
  id: z.optional(z.string()),
  name: z.string(),
  response: jsonObjectSchema,
  parts: z.optional(z.array(z.union([z.strictObject({ inlineData: blobSchema }), z.strictObject({ fileData: fileDataSchema })]))),
});

/** One part of a content (https://ai.google.dev/api/caching#Part): one kind of data, and what is said of it. */
export const requestPartSchema = z.strictObject({
  text: z.optional(z.string()),
  inlineData: z.optional(z.union([blobSchema, jsonObjectSchema])),
  fileData: z.optional(z.union([fileDataSchema, jsonObjectSchema])),
  functionCall: z.optional(z.strictObject({ id: z.optional(z.string()), name: z.string(), args: jsonObjectSchema })),
  functionResponse: z.optional(functionResponseSchema),
  executableCode: z.optional(jsonObjectSchema),
  codeExecutionResult: z.optional(jsonObjectSchema),
  toolCall: z.optional(jsonObjectSchema),
  toolResponse: z.optional(jsonObjectSchema),
  thought: z.optional(z.boolean()),
  thoughtSignature: z.optional(z.string()),
  mediaResolution: z.optional(jsonObjectSchema),
  videoMetadata: z.optional(jsonObjectSchema),
  partMetadata: z.optional(jsonObjectSchema),
});

/** One turn. */
export const contentSchema = z.strictObject({ role: z.enum(["user", "model"]), parts: z.array(requestPartSchema) });

export type Blob = z.infer<typeof blobSchema>;
export type FileData = z.infer<typeof fileDataSchema>;
export type RequestPart = z.infer<typeof requestPartSchema>;
export type FunctionResponse = z.infer<typeof functionResponseSchema>;
export type Content = z.infer<typeof contentSchema>;
