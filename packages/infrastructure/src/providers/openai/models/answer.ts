import * as z from "zod/mini";
import { deltaSchema, identifierSchema, messageSchema } from "./answer-message.js";
import { usageSchema } from "./usage.js";

const text = z.nullish(z.string());
const tokens = z.nullish(z.array(z.looseObject({ token: text, logprob: z.nullish(z.number()) })));

/**
 * One choice. A whole answer has a `message`, a chunk a `delta`; both are read from either, because some servers answer a stream with whole messages and
 * the other way round. An empty or null `finish_reason` is none.
 */
export const choiceSchema = z.looseObject({
  index: z.nullish(z.number()),
  message: z.nullish(messageSchema),
  delta: z.nullish(deltaSchema),
  finish_reason: text,
  logprobs: z.nullish(z.looseObject({ content: tokens, refusal: tokens })),
});

const answer = {
  id: z.nullish(identifierSchema),
  model: text,
  choices: z.nullish(z.array(choiceSchema)),
  usage: z.nullish(usageSchema),
  /** Groq's own place for the usage of a stream. */
  x_groq: z.nullish(z.looseObject({ usage: z.nullish(usageSchema) })),
  // Nothing depends on these, so a server may send in them what it likes.
  object: z.optional(z.unknown()),
  /** Seconds since 1970, as an integer for OpenAI; a fraction, a string or nothing elsewhere. */
  created: z.optional(z.unknown()),
  system_fingerprint: z.optional(z.unknown()),
  service_tier: z.optional(z.unknown()),
};

/**
 * A whole answer, loosely: OpenAI's CreateChatCompletionResponse as compatible servers send it, with nulls, gaps and fields of their own. A wrong type where
 * something is read, a number as text say, is still refused. An error body with status 200 has no `choices`; look for it first.
 */
export const chatCompletionResponseSchema = z.looseObject(answer);

/** One event of a streamed answer, as loosely. The last one may hold `usage` and no choices; Azure's first one holds filter results and no choices. */
export const chatCompletionChunkSchema = z.looseObject(answer);

export type Choice = z.infer<typeof choiceSchema>;
export type ChatCompletionResponse = z.infer<typeof chatCompletionResponseSchema>;
export type ChatCompletionChunk = z.infer<typeof chatCompletionChunkSchema>;
