import type { Usage } from "@chatport/domain";
import { toldUsage } from "../../../http/told-usage.js";
import type { ResponseUsage } from "./models/answer.js";

/** Tokens in the port's terms. The API counts as the port does: input includes cached tokens, output includes reasoning. */
export function toUsage(usage: ResponseUsage): Usage {
  return toldUsage({
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cachedInputTokens: usage.input_tokens_details?.cached_tokens,
    cacheWriteTokens: usage.input_tokens_details?.cache_write_tokens,
    reasoningTokens: usage.output_tokens_details?.reasoning_tokens,
  });
}
