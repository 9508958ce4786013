import * as z from "zod/mini";
import { jsonObjectSchema } from "../../../http/json-object-schema.js";

const number = z.optional(z.number());

/** How much a model thinks: a level for Gemini 3 and later, a budget in tokens for Gemini 2.5 (https://ai.google.dev/gemini-api/docs/thinking). */
export const thinkingConfigSchema = z.strictObject({
  includeThoughts: z.optional(z.boolean()),
  thinkingBudget: z.optional(z.int()),
  thinkingLevel: z.optional(z.enum(["MINIMAL", "LOW", "MEDIUM", "HIGH", "minimal", "low", "medium", "high"])),
});

/** How an answer is generated (https://ai.google.dev/api/generate-content#generationconfig). */
export const generationConfigSchema = z.strictObject({
  temperature: number,
  topP: number,
  topK: number,
  candidateCount: z.optional(z.int()),
  maxOutputTokens: z.optional(z.int()),
  stopSequences: z.optional(z.array(z.string())),
  seed: z.optional(z.int()),
  presencePenalty: number,
  frequencyPenalty: number,
  responseLogprobs: z.optional(z.boolean()),
  logprobs: z.optional(z.int()),
  responseMimeType: z.optional(z.string()),
  responseSchema: z.optional(jsonObjectSchema),
  responseJsonSchema: z.optional(jsonObjectSchema),
  responseModalities: z.optional(z.array(z.string())),
  mediaResolution: z.optional(z.string()),
  speechConfig: z.optional(jsonObjectSchema),
  imageConfig: z.optional(jsonObjectSchema),
  audioTranscriptionConfig: z.optional(jsonObjectSchema),
  enableEnhancedCivicAnswers: z.optional(z.boolean()),
  thinkingConfig: z.optional(thinkingConfigSchema),
});

export type ThinkingConfig = z.infer<typeof thinkingConfigSchema>;
export type GenerationConfig = z.infer<typeof generationConfigSchema>;
