import type { Usage } from "@chatport/domain";

/** Token counts in the port's terms, as a server told them. */
export type ToldCounts = { readonly [Field in keyof Usage]: number | null | undefined };

/** The usage that was told: what a server leaves out, or tells as null, stays unknown and is never zero. */
export function toldUsage({ inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens, reasoningTokens }: ToldCounts): Usage {
  // Field by field: every chunk of some streams carries a report, and spreads cost several times as much.
  const usage: { -readonly [Field in keyof Usage]: Usage[Field] } = {};
  if (typeof inputTokens === "number") usage.inputTokens = inputTokens;
  if (typeof outputTokens === "number") usage.outputTokens = outputTokens;
  if (typeof cachedInputTokens === "number") usage.cachedInputTokens = cachedInputTokens;
  if (typeof cacheWriteTokens === "number") usage.cacheWriteTokens = cacheWriteTokens;
  if (typeof reasoningTokens === "number") usage.reasoningTokens = reasoningTokens;
  return usage;
}
