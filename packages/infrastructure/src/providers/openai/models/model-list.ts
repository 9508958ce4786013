import * as z from "zod/mini";

/** One model of a list. `created` is in seconds since 1970. */
export const modelSchema = z.looseObject({
  id: z.string(),
  created: z.nullish(z.number()),
  owned_by: z.nullish(z.string()),
});

const envelope = z.looseObject({ data: z.array(modelSchema) });

/** The answer of `GET /models`: OpenAI's `{data: [...]}`, or the bare array that a few servers send, read as `{data}` too. */
export const modelListSchema = z.pipe(
  z.transform((value: unknown) => (Array.isArray(value) ? { data: value } : value)),
  envelope,
);

export type Model = z.infer<typeof modelSchema>;
export type ModelList = z.infer<typeof modelListSchema>;
