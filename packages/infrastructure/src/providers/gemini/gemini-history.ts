import { normalizeBaseUrl } from "../../http/base-url.js";
import type { HistoryRules } from "../../http/history.js";
import { baseUrlForm, defaultBaseUrl, type GeminiConfig } from "./gemini-config.js";
import { isContentPart } from "./request/content-part.js";
import { vendor } from "./vendor.js";

/**
 * What of a conversation the Gemini API takes back. Thoughts and signatures go to the server that made them; there is no form for refusals, and arguments are a
 * JSON object, so that broken ones cannot be said. Of provider parts a request has a place for those that are parts of a content, and for the token that continues
 * an answer; what Google tells of an answer beside it (sources, citations) stays at home. The API's reference sets no bounds to the ids of calls.
 */
export function geminiHistoryRules({ baseUrl = defaultBaseUrl }: Pick<GeminiConfig, "baseUrl"> = {}): HistoryRules {
  return {
    vendor,
    origin: new URL(normalizeBaseUrl(baseUrl, baseUrlForm)).origin,
    toolCallId: { pattern: /[^]+/u, maxLength: Infinity },
    reasoning: "own",
    refusals: false,
    invalidCalls: false,
    takesProviderPart: ({ data, providerMetadata }) => isContentPart(data) || "continuationToken" in (providerMetadata?.[vendor] ?? {}),
  };
}
