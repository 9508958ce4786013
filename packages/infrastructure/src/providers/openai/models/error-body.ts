import * as z from "zod/mini";

const text = z.nullish(z.string());

/** What OpenAI says about an error. llama.cpp and OpenRouter send numbers as `code`. */
export const errorDetailsSchema = z.looseObject({
  message: text,
  type: text,
  param: z.optional(z.unknown()),
  code: z.nullish(z.union([z.string(), z.number()])),
});

/** An error body in OpenAI's form, `{error: {message, type, param, code}}`; some servers send the message alone as `error`. */
export const errorBodySchema = z.looseObject({ error: z.union([z.string(), errorDetailsSchema]) });

export type ErrorDetails = z.infer<typeof errorDetailsSchema>;
export type ErrorBody = z.infer<typeof errorBodySchema>;
