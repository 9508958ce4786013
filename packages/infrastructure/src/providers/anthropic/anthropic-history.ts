import type { HistoryRules } from "../../http/history.js";
import { type AnthropicConfig, defaultBaseUrl, defaultModel } from "./anthropic-config.js";
import { isTypedObject } from "./models.js";
import { vendor } from "./vendor.js";

/**
 * What the Messages API takes back of a conversation: thinking only with the signature that it gave and only for the model that thought it
 * (https://platform.claude.com/docs/en/models/opus-5-5/whats-new-opus-5-5#thinking-blocks-are-tied-to-the-model-that-produced-them), no refusals as such, and no
 * call with broken arguments. A provider part without a type is what a message said about its end, or a block that was cut: no block. Ids of calls match
 * `^[a-zA-Z0-9_-]+$`, as the API's own refusals say; their length is not documented, so 64 is kept to, which all of Anthropic's own ids do.
 *
 * `model` is the one that is asked; a request that names another has it in its place. Default {@link defaultModel}.
 */
export function anthropicHistoryRules({
  baseUrl = defaultBaseUrl,
  model = defaultModel,
}: Partial<Pick<AnthropicConfig, "baseUrl" | "model">> = {}): HistoryRules {
  return {
    vendor,
    origin: new URL(baseUrl).origin,
    model,
    toolCallId: { pattern: /^[a-zA-Z0-9_-]+$/u, maxLength: 64 },
    reasoning: "own",
    refusals: false,
    invalidCalls: false,
    takesProviderPart: ({ data }) => isTypedObject(data),
  };
}
