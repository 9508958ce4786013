import type { Usage } from "@chatport/domain";
import { toldUsage } from "../../http/told-usage.js";
import type { WireUsage } from "./models.js";

/**
 * Anthropic's token counts in the port's terms. Its `input_tokens` leaves out what was read from and written to the cache: the input is the sum of the three
 * (https://platform.claude.com/docs/en/build-with-claude/prompt-caching#tracking-cache-performance). Its `output_tokens` includes thinking.
 */
export function toUsage(usage: WireUsage): Usage {
  const { input_tokens: input, output_tokens: output, cache_read_input_tokens: read, cache_creation_input_tokens: written } = usage;
  return toldUsage({
    inputTokens: typeof input === "number" ? input + (read ?? 0) + (written ?? 0) : undefined,
    outputTokens: output,
    cachedInputTokens: read,
    cacheWriteTokens: written,
    reasoningTokens: usage.output_tokens_details?.thinking_tokens,
  });
}

/** The counts of a stream are cumulative, and each event tells only some: a number replaces the one before, nothing replaces none. */
export function laterUsage(before: WireUsage, later: WireUsage): WireUsage {
  const told = Object.entries(later).filter(([, value]) => value !== null && value !== undefined);
  return { ...before, ...Object.fromEntries(told) };
}
