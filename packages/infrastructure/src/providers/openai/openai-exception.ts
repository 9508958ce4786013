import type { ChatExceptionCode } from "@chatport/domain";
import type { ServerError } from "../../http/server-error.js";

/**
 * What OpenAI's own error codes mean (https://developers.openai.com/api/docs/guides/error-codes). Undefined for those that only repeat what the status says:
 * `model_not_found` is also how a 403 heads "your project may not use this model".
 */
export function openAICodeOf(error: ServerError): ChatExceptionCode | undefined {
  return codes.get(error.code ?? "") ?? codes.get(error.type ?? "");
}

const codes: ReadonlyMap<string, ChatExceptionCode> = new Map([
  ["insufficient_quota", "quota"],
  ["billing_hard_limit_reached", "quota"],
  ["billing_not_active", "quota"],
  ["context_length_exceeded", "context-overflow"],
  ["content_filter", "content-filter"],
  ["content_policy_violation", "content-filter"],
  ["invalid_prompt", "content-filter"],
  ["invalid_api_key", "authentication"],
  ["invalid_organization", "authentication"],
  ["account_deactivated", "authentication"],
  ["unsupported_country_region_territory", "permission"],
]);
