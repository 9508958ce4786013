import type { JsonObject } from "@chatport/domain";
import { isJsonObject } from "../../../http/json.js";
import { filterHits } from "../filter-hits.js";

/**
 * The words of an error with what was filtered at their head: `Filtered for violence (medium), jailbreak: The response was filtered ...`. Azure's own message does
 * not say it: the categories stand in `innererror.content_filter_result` (https://learn.microsoft.com/azure/ai-foundry/openai/concepts/content-filter), or in
 * `content_filters` where the Responses API answers. Undefined where there are none.
 *
 * @param body the error's body, parsed: the error, or what holds it as `error`
 */
export function toldFilters(body: unknown): string | undefined {
  if (!isJsonObject(body)) return undefined;
  const error = isJsonObject(body["error"]) ? body["error"] : body;
  const names = namesOf(
    Object.fromEntries([error, body].flatMap(resultsOf).flatMap((results) => Object.entries(filterHits(results) ?? {}))),
  );
  if (names === "") return undefined;
  const { message } = error;
  return typeof message === "string" && message !== "" ? `Filtered for ${names}: ${message}` : `Filtered for ${names}.`;
}

function resultsOf(error: JsonObject): readonly unknown[] {
  const inner = error["innererror"] ?? error["inner_error"];
  const filters = error["content_filters"];
  return [
    ...(isJsonObject(inner) ? [inner["content_filter_result"], inner["content_filter_results"]] : []),
    ...(Array.isArray(filters) ? filters.map((filter) => (isJsonObject(filter) ? filter["content_filter_results"] : undefined)) : []),
  ];
}

/** `error` is no category: it says that the filter did not run. */
function namesOf(hits: JsonObject): string {
  return Object.entries(hits)
    .filter(([category]) => category !== "error")
    .map(([category, hit]) => (isJsonObject(hit) && typeof hit["severity"] === "string" ? `${category} (${hit["severity"]})` : category))
    .join(", ");
}
