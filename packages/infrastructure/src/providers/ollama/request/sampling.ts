import type { ChatRequest } from "@chatport/domain";
import { requireCount, requireNumber, requireWhole, wholeNumbers } from "../../../http/request-checks.js";
import type { RuntimeOptions } from "../models.js";

/**
 * The port's parameters as runtime options. Ollama sets no upper bound for temperatures and none for the number of stop sequences.
 *
 * @throws {RequestException} `invalid-request` for numbers that can never be right.
 */
export function samplingOf(asked: ChatRequest, provider: string): RuntimeOptions {
  const { maxOutputTokens, temperature, topP, stopSequences = [], seed } = asked;
  return {
    ...(maxOutputTokens !== undefined && { num_predict: requireCount(maxOutputTokens, "maxOutputTokens", provider) }),
    ...(temperature !== undefined && { temperature: requireNumber(temperature, "temperature", [0, Infinity], provider) }),
    ...(topP !== undefined && { top_p: requireNumber(topP, "topP", [0, 1], provider) }),
    ...(seed !== undefined && { seed: requireWhole(seed, "seed", wholeNumbers, provider) }),
    ...(stopSequences.length > 0 && { stop: [...stopSequences] }),
  };
}
