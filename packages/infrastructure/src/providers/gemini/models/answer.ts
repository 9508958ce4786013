import * as z from "zod/mini";
import { jsonObjectSchema } from "../../../http/json-object-schema.js";
import { usageMetadataSchema } from "./usage.js";

const text = z.nullish(z.string());

/** A call with all its arguments. Models before Gemini 3 send no `id`. Vertex AI can send it in pieces (https://cloud.google.com/vertex-ai/generative-ai/docs/multimodal/function-calling). */
export const functionCallSchema = z.looseObject({
  id: text,
  name: text,
  args: z.optional(z.unknown()),
  partialArgs: z.nullish(z.array(z.unknown())),
  willContinue: z.nullish(z.boolean()),
});

/** One part of an answer. Kinds that are not listed (images, executed code, server tools) pass through. */
export const answerPartSchema = z.looseObject({
  text,
  /** True for a summary of what the model thought. */
  thought: z.nullish(z.boolean()),
  thoughtSignature: text,
  functionCall: z.nullish(functionCallSchema),
});

/** One of the answers; a request never asks for more. An empty or null `finishReason` is none. */
export const candidateSchema = z.looseObject({
  index: z.nullish(z.number()),
  content: z.nullish(z.looseObject({ parts: z.nullish(z.array(answerPartSchema)) })),
  finishReason: text,
  finishMessage: text,
  continuationToken: text,
  citationMetadata: z.nullish(jsonObjectSchema),
  groundingMetadata: z.nullish(jsonObjectSchema),
  urlContextMetadata: z.nullish(jsonObjectSchema),
  logprobsResult: z.nullish(jsonObjectSchema),
  safetyRatings: z.nullish(z.array(jsonObjectSchema)),
});

/**
 * A whole answer or one event of a streamed one, loosely (https://ai.google.dev/api/generate-content#generatecontentresponse). A wrong type where something is
 * read is still refused.
 */
export const generateContentResponseSchema = z.looseObject({
  candidates: z.nullish(z.array(candidateSchema)),
  promptFeedback: z.nullish(z.looseObject({ blockReason: text, blockReasonMessage: text })),
  usageMetadata: z.nullish(usageMetadataSchema),
  modelVersion: text,
  responseId: text,
});

export type AnswerPart = z.infer<typeof answerPartSchema>;
export type Candidate = z.infer<typeof candidateSchema>;
export type FunctionCall = z.infer<typeof functionCallSchema>;
export type GenerateContentResponse = z.infer<typeof generateContentResponseSchema>;
