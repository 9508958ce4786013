import * as z from "zod/mini";

const count = z.nullish(z.number());

/** One model of a list (https://platform.claude.com/docs/en/api/models/list). `created_at` is an RFC 3339 time. */
export const modelSchema = z.looseObject({
  id: z.string(),
  display_name: z.nullish(z.string()),
  created_at: z.nullish(z.string()),
  max_input_tokens: count,
  max_tokens: count,
});

/** One page of `GET /v1/models`; the next one begins after `last_id`. */
export const modelListSchema = z.looseObject({
  data: z.array(modelSchema),
  has_more: z.nullish(z.boolean()),
  last_id: z.nullish(z.string()),
});

export type Model = z.infer<typeof modelSchema>;
export type ModelList = z.infer<typeof modelListSchema>;
