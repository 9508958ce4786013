import type { JsonObject } from "@chatport/domain";

const concatenated: ReadonlySet<string> = new Set(["text", "summary", "data"]);

/**
 * Adds streamed pieces of OpenRouter's `reasoning_details` to what there is: consecutive pieces of one detail (same type, same index) become one, as the
 * whole answer would have it and as it must be echoed (https://openrouter.ai/docs/use-cases/reasoning-tokens).
 */
export function mergeReasoningDetails(details: JsonObject[], pieces: readonly JsonObject[]): void {
  for (const piece of pieces) {
    const last = details.at(-1);
    if (last === undefined || last["type"] !== piece["type"] || last["index"] !== piece["index"]) details.push(piece);
    else details[details.length - 1] = merged(last, piece);
  }
}

function merged(first: JsonObject, second: JsonObject): JsonObject {
  const both: Record<string, JsonObject[string]> = { ...first };
  for (const [key, value] of Object.entries(second)) {
    const before = both[key];
    if (value === null) continue;
    both[key] = concatenated.has(key) && typeof before === "string" && typeof value === "string" ? before + value : value;
  }
  return both;
}
