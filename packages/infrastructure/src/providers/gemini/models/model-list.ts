import * as z from "zod/mini";

/** One model of a list (https://ai.google.dev/api/models#Model). */
export const modelSchema = z.looseObject({
  /** A resource name: `models/` and the id. */
  name: z.string(),
  displayName: z.nullish(z.string()),
  inputTokenLimit: z.nullish(z.number()),
  outputTokenLimit: z.nullish(z.number()),
  supportedGenerationMethods: z.nullish(z.array(z.string())),
});

/** One page of the answer of `GET /models`. A page without models may leave the list out. */
export const modelListSchema = z
  .looseObject({ models: z.nullish(z.array(modelSchema)), nextPageToken: z.nullish(z.string()) })
  .check(z.refine((page) => page.models != null || Object.keys(page).every((key) => key === "nextPageToken")));

export type Model = z.infer<typeof modelSchema>;
export type ModelList = z.infer<typeof modelListSchema>;
