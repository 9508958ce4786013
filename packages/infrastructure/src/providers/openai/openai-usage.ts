import type { Usage } from "@chatport/domain";
import { toldUsage } from "../../http/told-usage.js";
import type { Usage as WireUsage } from "./models.js";

/**
 * Tokens in the port's terms, where `inputTokens` includes cached ones and `outputTokens` includes reasoning. OpenAI counts so too. Where a server leaves
 * reasoning out of `completion_tokens` (xAI) or cached tokens out of `prompt_tokens`, its `total_tokens` gives it away.
 */
export function toUsage(wire: WireUsage): Usage {
  const { prompt_tokens: prompt, completion_tokens: completion, total_tokens: total } = wire;
  const reasoning = wire.completion_tokens_details?.reasoning_tokens;
  const cached = wire.prompt_tokens_details?.cached_tokens ?? wire.prompt_cache_hit_tokens;
  const missing = isNumber(total) && isNumber(prompt) && isNumber(completion) ? total - prompt - completion : 0;
  return toldUsage({
    inputTokens: plus(prompt, missing, cached),
    outputTokens: plus(completion, missing, reasoning),
    cachedInputTokens: cached,
    cacheWriteTokens: wire.prompt_tokens_details?.cache_write_tokens,
    reasoningTokens: reasoning,
  });
}

type Count = number | null | undefined;

/** Adds a part that the total shows to be missing from its whole. */
function plus(whole: Count, missing: number, part: Count): Count {
  return isNumber(whole) && missing > 0 && missing === part ? whole + missing : whole;
}

function isNumber(value: Count): value is number {
  return typeof value === "number";
}
