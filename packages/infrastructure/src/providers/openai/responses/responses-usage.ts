import type { Usage } from "@chatport/domain";
import type { ResponseUsage } from "./models/answer.js";

/** Tokens in the port's terms. The API counts as the port does: input includes cached tokens, output includes reasoning. */
export function toUsage({ input_tokens, output_tokens, input_tokens_details, output_tokens_details }: ResponseUsage): Usage {
  return {
    ...count("inputTokens", input_tokens),
    ...count("outputTokens", output_tokens),
    ...count("cachedInputTokens", input_tokens_details?.cached_tokens),
    ...count("cacheWriteTokens", input_tokens_details?.cache_write_tokens),
    ...count("reasoningTokens", output_tokens_details?.reasoning_tokens),
  };
}

function count(name: keyof Usage, value: number | null | undefined): Usage {
  return typeof value === "number" ? { [name]: value } : {};
}
