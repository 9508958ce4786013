import * as z from "zod/mini";
import { generationConfigSchema } from "./generation-config.js";
import { contentSchema, requestPartSchema } from "./request-part.js";
import { requestToolSchema, toolConfigSchema } from "./request-tool.js";

/** The body of `generateContent` and `streamGenerateContent` (https://ai.google.dev/api/generate-content#request-body). */
export const generateContentRequestSchema = z.strictObject({
  contents: z.array(contentSchema),
  systemInstruction: z.optional(z.strictObject({ parts: z.array(requestPartSchema) })),
  tools: z.optional(z.array(requestToolSchema)),
  toolConfig: z.optional(toolConfigSchema),
  generationConfig: z.optional(generationConfigSchema),
  safetySettings: z.optional(z.array(z.strictObject({ category: z.string(), threshold: z.string() }))),
  /** The resource name of a cached context. */
  cachedContent: z.optional(z.string()),
  labels: z.optional(z.record(z.string(), z.string())),
  serviceTier: z.optional(z.string()),
  /** Whether the request is logged, whatever the project's setting. */
  store: z.optional(z.boolean()),
  /** Resumes an answer that ended with `CONTINUATION`; base64. */
  continuationToken: z.optional(z.string()),
});

export type GenerateContentRequest = z.infer<typeof generateContentRequestSchema>;
