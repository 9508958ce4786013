import type { HistoryRules } from "../../http/history.js";
import { serverUrl } from "./base-url.js";
import type { OllamaConfig } from "./ollama-config.js";
import { imagesIn } from "./request/images.js";
import { vendor } from "./vendor.js";

/** What of a conversation Ollama takes back. Its calls are matched by name and order, and newer servers' by any id; there is no rule for what an id looks like. */
export function ollamaHistoryRules({ baseUrl }: Pick<OllamaConfig, "baseUrl">): HistoryRules {
  return {
    vendor,
    origin: new URL(serverUrl(baseUrl)).origin,
    toolCallId: { pattern: /.+/su, maxLength: 256 },
    reasoning: "text",
    refusals: false,
    invalidCalls: false,
    takesProviderPart: ({ data }) => imagesIn(data).length > 0,
  };
}
