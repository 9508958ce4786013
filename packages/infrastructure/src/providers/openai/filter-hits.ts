import type { Json, JsonObject } from "@chatport/domain";
import { isJsonObject } from "../../http/json.js";

/**
 * What of Azure's content filter results is worth keeping: the categories in which something was filtered or detected, and `error`, which says that the filter
 * did not run (https://learn.microsoft.com/azure/ai-foundry/openai/concepts/content-filter-annotations). A severity below the filter's threshold is none of
 * these. Undefined when all is well.
 */
export function filterHits(results: unknown): JsonObject | undefined {
  if (!isJsonObject(results) || !hasFilterHits(results)) return undefined;
  return Object.fromEntries(Object.entries(results).filter(([category, result]) => isWorthKeeping(category, result)));
}

/** Whether there is anything of the kind. Allocates nothing: in a buffered stream every chunk has results. */
export function hasFilterHits(results: unknown): boolean {
  if (!isJsonObject(results)) return false;
  for (const category in results) if (isWorthKeeping(category, results[category])) return true;
  return false;
}

/** Collects the hits of one answer, each as data of a provider part in the wire's own form. */
export class FilterHits {
  /** By their JSON: every chunk may repeat what chunks before it said. */
  readonly #parts = new Map<string, JsonObject>();

  /** Takes `prompt_filter_results`, or `prompt_annotations` as older versions call it: one entry for each prompt. */
  ofPrompt(entries: unknown): void {
    for (const entry of Array.isArray(entries) ? entries : []) {
      const hits = isJsonObject(entry) ? filterHits(entry["content_filter_results"]) : undefined;
      if (isJsonObject(entry) && hits !== undefined) {
        this.#keep({ prompt_filter_results: [{ ...entry, content_filter_results: hits }] });
      }
    }
  }

  /**
   * Takes a choice's `content_filter_results`. The asynchronous filter says by `content_filter_offsets` which part of the text it means
   * (https://learn.microsoft.com/azure/ai-foundry/openai/concepts/content-streaming); results without them are of the whole answer.
   */
  ofChoice(results: unknown, offsets: unknown): void {
    const hits = filterHits(results);
    if (hits !== undefined) this.#keep({ content_filter_results: hits, ...(isJsonObject(offsets) && { content_filter_offsets: offsets }) });
  }

  /**
   * Takes the `content_filters` of the Responses API: one entry for the prompt and one for each text that was checked
   * (github.com/Azure/azure-rest-api-specs/pull/42141). One that says `blocked` is kept without a category, too.
   */
  ofResponse(filters: unknown): void {
    for (const filter of Array.isArray(filters) ? filters : []) {
      if (!isJsonObject(filter)) continue;
      const hits = filterHits(filter["content_filter_results"]);
      if (hits !== undefined || filter["blocked"] === true) {
        this.#keep({ content_filters: [{ ...filter, content_filter_results: hits ?? {} }] });
      }
    }
  }

  get parts(): readonly JsonObject[] {
    return [...this.#parts.values()];
  }

  #keep(data: JsonObject): void {
    this.#parts.set(JSON.stringify(data), data);
  }
}

function isWorthKeeping(category: string, result: Json | undefined): boolean {
  return category === "error" ? isJsonObject(result) : isHit(result);
}

/** `custom_blocklists` is a list in older versions. */
function isHit(result: Json | undefined): boolean {
  if (Array.isArray(result)) return result.some(isHit);
  return isJsonObject(result) && (result["filtered"] === true || result["detected"] === true);
}
