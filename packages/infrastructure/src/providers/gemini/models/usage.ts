import * as z from "zod/mini";

const count = z.nullish(z.number());

/** Tokens as Google counts them (https://ai.google.dev/api/generate-content#UsageMetadata); any number may be missing. */
export const usageMetadataSchema = z.looseObject({
  promptTokenCount: count,
  candidatesTokenCount: count,
  toolUsePromptTokenCount: count,
  thoughtsTokenCount: count,
  cachedContentTokenCount: count,
});

export type UsageMetadata = z.infer<typeof usageMetadataSchema>;
