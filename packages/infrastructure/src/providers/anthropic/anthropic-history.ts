import type { HistoryRules } from "../../http/history.js";
import { type AnthropicConfig, defaultBaseUrl } from "./anthropic-config.js";
import { vendor } from "./vendor.js";

/**
 * What the Messages API takes back of a conversation: thinking only with the signature that it gave, no refusals as such, and no call whose arguments are no
 * object. Ids of calls match `^[a-zA-Z0-9_-]+$`, as the API's own refusals say; their length is not documented, so 64 is kept to, which all of Anthropic's
 * own ids do.
 */
export function anthropicHistoryRules({ baseUrl = defaultBaseUrl }: Pick<AnthropicConfig, "baseUrl"> = {}): HistoryRules {
  return {
    vendor,
    origin: new URL(baseUrl).origin,
    toolCallId: { pattern: /^[a-zA-Z0-9_-]+$/u, maxLength: 64 },
    reasoning: "own",
    refusals: false,
    invalidCalls: false,
  };
}
