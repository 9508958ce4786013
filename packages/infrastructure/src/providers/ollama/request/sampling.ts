import type { ChatRequest } from "@chatport/domain";
import type { RuntimeOptions } from "../models.js";
import { invalidRequest } from "./failures.js";

/**
 * The port's parameters as runtime options. Ollama sets no upper bound for temperatures and none for the number of stop sequences.
 *
 * @throws {RequestException} `invalid-request` for numbers that can never be right.
 */
export function samplingOf(asked: ChatRequest, provider: string): RuntimeOptions {
  const { maxOutputTokens, temperature, topP, stopSequences = [], seed } = asked;
  return {
    ...(maxOutputTokens !== undefined && { num_predict: whole(maxOutputTokens, "maxOutputTokens", 1, provider) }),
    ...(temperature !== undefined && { temperature: within(temperature, "temperature", [0, Number.MAX_VALUE], provider) }),
    ...(topP !== undefined && { top_p: within(topP, "topP", [0, 1], provider) }),
    ...(seed !== undefined && { seed: whole(seed, "seed", Number.MIN_SAFE_INTEGER, provider) }),
    ...(stopSequences.length > 0 && { stop: [...stopSequences] }),
  };
}

function within(value: number, name: string, [low, high]: readonly [number, number], provider: string): number {
  if (value >= low && value <= high) return value;
  const bounds = high === Number.MAX_VALUE ? `of at least ${low}` : `from ${low} to ${high}`;
  throw invalidRequest(provider, `${name} must be a number ${bounds}, not ${value}.`);
}

function whole(value: number, name: string, low: number, provider: string): number {
  if (Number.isSafeInteger(value) && value >= low) return value;
  throw invalidRequest(provider, `${name} must be a whole number${low === 1 ? " of at least 1" : ""}, not ${value}.`);
}
