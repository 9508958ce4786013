import type { ProviderPart } from "@chatport/domain";
import type { HistoryRules } from "../../../http/history.js";
import { isJsonObject } from "../../../http/json.js";
import { defaultBaseUrl } from "../base-url.js";
import { vendor } from "../vendor.js";
import { mostCallIdChars } from "./models/request-input.js";
import { isReadable } from "./request/answer-items.js";

/** What the rules depend on. */
export interface ResponsesHistoryConfig {
  /** Default: OpenAI's own. */
  readonly baseUrl?: string;
  /** The model that is asked. Default: what is sealed goes to whatever model. */
  readonly model?: string;
}

/**
 * What of a conversation a server of the Responses API takes back. Items go back as they came: reasoning that holds its item, and items of the server's own
 * (searches, generated images, MCP calls) as provider parts, which are known by their `type`; a provider part of Chat Completions has none. A refusal has a form
 * of its own inside of the message item that it came in; without that item it is sent as text.
 */
export function responsesHistoryRules({ baseUrl = defaultBaseUrl, model }: ResponsesHistoryConfig): HistoryRules {
  return {
    vendor,
    origin: new URL(baseUrl).origin,
    ...(model !== undefined && { model }),
    toolCallId: { pattern: /[^]+/u, maxLength: mostCallIdChars },
    reasoning: "own",
    refusals: true,
    invalidCalls: true,
    takesProviderPart: ({ data }: ProviderPart) => typeof data["type"] === "string" && data["type"] !== "",
    takesState: ({ item }, type) => isJsonObject(item) && (type !== "reasoning" || isReadable(item)),
  };
}
