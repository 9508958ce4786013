import * as z from "zod/mini";

const count = z.nullish(z.number());

/**
 * Tokens as a server counts them. `prompt_tokens` includes cached ones and `completion_tokens` includes reasoning; any number may be missing or null.
 * DeepSeek names cached tokens `prompt_cache_hit_tokens`.
 */
export const usageSchema = z.looseObject({
  prompt_tokens: count,
  completion_tokens: count,
  total_tokens: count,
  prompt_tokens_details: z.nullish(
    z.looseObject({ cached_tokens: count, cache_write_tokens: count, audio_tokens: count, text_tokens: count, image_tokens: count }),
  ),
  completion_tokens_details: z.nullish(
    z.looseObject({ reasoning_tokens: count, audio_tokens: count, accepted_prediction_tokens: count, rejected_prediction_tokens: count }),
  ),
  prompt_cache_hit_tokens: count,
  prompt_cache_miss_tokens: count,
});

export type Usage = z.infer<typeof usageSchema>;
