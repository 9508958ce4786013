import type { Usage } from "@chatport/domain";
import { toldUsage } from "../../http/told-usage.js";
import type { UsageMetadata } from "./models.js";

/**
 * Tokens in the port's terms. Google counts thoughts apart from the answer and what server tools fed to the model apart from the prompt; the prompt includes
 * cached tokens (https://ai.google.dev/api/generate-content#UsageMetadata).
 */
export function toUsage(wire: UsageMetadata): Usage {
  return toldUsage({
    inputTokens: sum(wire.promptTokenCount, wire.toolUsePromptTokenCount),
    outputTokens: sum(wire.candidatesTokenCount, wire.thoughtsTokenCount),
    cachedInputTokens: wire.cachedContentTokenCount,
    reasoningTokens: wire.thoughtsTokenCount,
  });
}

/** Whether two reports say the same: every chunk of a stream carries one. */
export function sameUsage(one: Usage, other: Usage): boolean {
  return (
    one.inputTokens === other.inputTokens &&
    one.outputTokens === other.outputTokens &&
    one.cachedInputTokens === other.cachedInputTokens &&
    one.reasoningTokens === other.reasoningTokens
  );
}

type Count = number | null | undefined;

/** What is told of the two, added up. A stream's first chunks tell of thoughts alone. */
function sum(one: Count, other: Count): Count {
  return typeof one === "number" && typeof other === "number" ? one + other : (one ?? other);
}
