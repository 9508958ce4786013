import type { ReasoningEffort } from "@chatport/domain";
import { invalidRequest } from "../../../http/request-checks.js";
import { modelFacts } from "../model-facts.js";
import type { MessagesRequest, ThinkingConfig } from "../models.js";

interface Thinking {
  readonly thinking?: ThinkingConfig;
  readonly effort?: NonNullable<MessagesRequest["output_config"]>["effort"];
}

/**
 * How much the model is to think (https://platform.claude.com/docs/en/build-with-claude/thinking). A model that thinks adaptively is told the effort; an
 * earlier one a budget, which leaves at least half of `max_tokens` to the answer. The thinking is asked for as a summary: current models give none otherwise.
 *
 * @throws {RequestException} `invalid-request` when `max_tokens` leaves no room for the smallest budget.
 */
export function thinkingOf(reasoning: ReasoningEffort | undefined, model: string, maxTokens: number, provider: string): Thinking {
  if (reasoning === undefined) return {};
  if (reasoning === "none") return { thinking: { type: "disabled" } };
  if (modelFacts(model).thinking === "adaptive") return { thinking: { type: "adaptive", display: "summarized" }, effort: reasoning };
  const budget = Math.min(budgets[reasoning], Math.floor(maxTokens / 2));
  if (budget >= smallestBudget) return { thinking: { type: "enabled", budget_tokens: budget } };
  throw invalidRequest(
    provider,
    `maxOutputTokens is ${maxTokens}, which leaves no room for thinking: it takes at least ${smallestBudget} tokens, and as many for the answer.`,
  );
}

const smallestBudget = 1_024;
const budgets = { low: 4_096, medium: 16_384, high: 32_768 } as const;
