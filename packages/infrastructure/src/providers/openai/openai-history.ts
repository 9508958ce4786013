import type { ProviderPart } from "@chatport/domain";
import type { HistoryRules } from "../../http/history.js";
import { isJsonObject } from "../../http/json.js";
import type { IdForm } from "../../http/portable-ids.js";
import { defaultBaseUrl } from "./base-url.js";
import type { Dialect, ToolCallIds } from "./dialect.js";
import type { OpenAIApi } from "./either-api.js";
import { ownFieldsOf } from "./request/own-parts.js";
import { type ResponsesHistoryConfig, responsesHistoryRules } from "./responses/responses-history.js";
import { vendor } from "./vendor.js";

/** What the rules depend on. */
export interface HistoryConfig extends Pick<Dialect, "reasoningField" | "toolCallIds"> {
  /** Default: OpenAI's own. */
  readonly baseUrl?: string;
}

/** What a server of OpenAI's takes back, by the API that it is spoken to in. Default: Chat Completions. */
export function historyRulesOf(config: HistoryConfig & Pick<ResponsesHistoryConfig, "model"> & { readonly api?: OpenAIApi }): HistoryRules {
  return config.api === "responses" ? responsesHistoryRules(config) : openAIHistoryRules(config);
}

/**
 * What of a conversation a Chat Completions server takes back. A refusal has a form of its own at OpenAI's address alone: another server may not know the
 * field, and lose the words. The text of reasoning goes back where the server has a field for it. A provider part that has a `type` is an item of the Responses
 * API.
 */
export function openAIHistoryRules({ baseUrl = defaultBaseUrl, reasoningField, toolCallIds = "any" }: HistoryConfig): HistoryRules {
  const { origin } = new URL(baseUrl);
  return {
    vendor,
    origin,
    toolCallId: idForms[toolCallIds],
    reasoning: reasoningField === undefined ? "own" : "text",
    refusals: origin === new URL(defaultBaseUrl).origin,
    invalidCalls: true,
    takesProviderPart: (part: ProviderPart) => typeof part.data["type"] !== "string" && Object.keys(ownFieldsOf([part])).length > 0,
    // What has an item is the Responses API's.
    takesState: (state) => !isJsonObject(state["item"]),
  };
}

const idForms: Readonly<Record<ToolCallIds, IdForm>> = {
  // OpenAI refuses more: "string too long. Expected a string with maximum length 40" (github.com/vercel/ai/issues/8132).
  any: { pattern: /[^]+/u, maxLength: 40 },
  // Mistral: "must be a-z, A-Z, 0-9, with a length of 9" (github.com/langchain-ai/langchain/pull/24668).
  "nine-alphanumerics": { pattern: /[a-zA-Z0-9]{9}/u, maxLength: 9 },
};
