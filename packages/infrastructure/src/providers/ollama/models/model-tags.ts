import * as z from "zod/mini";

/** The answer of `GET /api/tags` (https://docs.ollama.com/api/tags): the models that the server has. Old servers give `name` alone. */
export const modelTagsSchema = z.looseObject({
  models: z.nullable(z.array(z.looseObject({ model: z.nullish(z.string()), name: z.nullish(z.string()) }))),
});

/** The answer of `GET /api/version` (https://docs.ollama.com/api/version). */
export const serverVersionSchema = z.looseObject({ version: z.string() });

export type ModelTags = z.infer<typeof modelTagsSchema>;
export type ServerVersion = z.infer<typeof serverVersionSchema>;
