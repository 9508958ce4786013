import type { HistoryRules } from "../../../http/history.js";
import { historyRulesOf } from "../openai-history.js";
import type { EitherApiConfig } from "../either-api.js";
import { normalizeAzureEndpoint } from "./azure-endpoint.js";

/** What the rules depend on. */
export interface AzureHistoryConfig extends Pick<EitherApiConfig, "api" | "reasoningField" | "toolCallIds"> {
  readonly endpoint?: string;
  /** The deployment that is asked. */
  readonly model?: string;
}

/**
 * What of a conversation a deployment of Azure's takes back: the same as another server of the API that it is spoken to in, at its own origin.
 *
 * @throws {TypeError} for an endpoint that is none.
 */
export function azureOpenAIHistoryRules({ endpoint = "", model, api, reasoningField, toolCallIds }: AzureHistoryConfig): HistoryRules {
  return historyRulesOf({
    baseUrl: normalizeAzureEndpoint(endpoint),
    ...(model !== undefined && { model }),
    ...(api !== undefined && { api }),
    ...(reasoningField !== undefined && { reasoningField }),
    ...(toolCallIds !== undefined && { toolCallIds }),
  });
}
