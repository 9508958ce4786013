import type { ReasoningEffort } from "@chatport/domain";
import type { ThinkingConfig } from "../models.js";

/**
 * How much to think, in the words of the model's generation (https://ai.google.dev/gemini-api/docs/thinking). From Gemini 3 on there are levels, of which MINIMAL is
 * the least: those models cannot be kept from thinking altogether. Gemini 2.5 has a budget in tokens, and the efforts are worth what Google's OpenAI-compatible API
 * gives for them (https://ai.google.dev/gemini-api/docs/openai#thinking); 0 switches thinking off. Models that cannot do what is asked refuse the request.
 * Where thinking is asked for, its summaries are too.
 */
export function thinkingConfigOf(effort: ReasoningEffort, model: string): ThinkingConfig {
  const amount = isBeforeGemini3(model) ? { thinkingBudget: budgets[effort] } : { thinkingLevel: levels[effort] };
  return effort === "none" ? amount : { ...amount, includeThoughts: true };
}

/** Whether a model refuses calls in the history that nobody signed: the Gemini models from the third generation on. */
export function wantsSignatures(model: string): boolean {
  return /^(?:models\/)?gemini-/u.test(model) && !isBeforeGemini3(model);
}

function isBeforeGemini3(model: string): boolean {
  return /^(?:models\/)?gemini-[12][.-]/u.test(model);
}

const budgets = { none: 0, low: 1_024, medium: 8_192, high: 24_576 } as const;
const levels = { none: "MINIMAL", low: "LOW", medium: "MEDIUM", high: "HIGH" } as const;
