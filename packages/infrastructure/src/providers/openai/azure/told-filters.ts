import type { JsonObject } from "@chatport/domain";
import { readErrorText } from "../../../http/bounded-text.js";
import { isJsonObject, parseJson } from "../../../http/json.js";
import { filterHits, namesOfHits } from "./filter-hits.js";

type Fetch = typeof globalThis.fetch;

/**
 * A `fetch` whose refusals of a prompt say what the prompt was refused for. Azure's message ("The response was filtered due to the prompt triggering ...") does
 * not: the categories stand in `innererror.content_filter_result` (https://learn.microsoft.com/azure/ai-foundry/openai/concepts/content-filter), or in
 * `content_filters` where the Responses API answers.
 *
 * @param fetch asks the server. Default: the platform's, as it is at the time of the request
 */
export function tellingFilters(fetch: Fetch = (input, init) => globalThis.fetch(input, init)): Fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (response.status !== 400) return response;
    const { status, statusText, headers } = response;
    return new Response(withCategories(await readErrorText(response)), { status, statusText, headers });
  };
}

/** An error's body with the categories at the head of its message; any other body as it is. */
function withCategories(body: string): string {
  const document = parseJson(body);
  if (!isJsonObject(document)) return body;
  const { error = document } = document;
  if (!isJsonObject(error)) return body;
  const names = namesOfHits(hitsOf(error));
  if (names === "") return body;
  const { message } = error;
  const told = { ...error, message: typeof message === "string" ? `Filtered for ${names}: ${message}` : `Filtered for ${names}.` };
  return JSON.stringify(error === document ? told : { ...document, error: told });
}

function hitsOf(error: JsonObject): JsonObject {
  const inner = error["innererror"] ?? error["inner_error"];
  const lists = error["content_filters"];
  const results = [
    ...(isJsonObject(inner) ? [inner["content_filter_result"], inner["content_filter_results"]] : []),
    ...(Array.isArray(lists) ? lists.map((filter) => (isJsonObject(filter) ? filter["content_filter_results"] : undefined)) : []),
  ];
  return Object.fromEntries(results.flatMap((result) => Object.entries(filterHits(result) ?? {})));
}
