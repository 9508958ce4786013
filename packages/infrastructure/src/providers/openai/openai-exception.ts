import type { ChatExceptionCode } from "@chatport/domain";
import type { ServerError } from "../../http/server-error.js";

/**
 * What OpenAI's own error codes mean (https://developers.openai.com/api/docs/guides/error-codes), and Azure's where its status misleads. Undefined for those
 * that only repeat what the status says: `model_not_found` is also how a 403 heads "your project may not use this model".
 */
export function openAICodeOf(error: ServerError): ChatExceptionCode | undefined {
  if (error.status === 403 && callVolumeQuota.test(error.message)) return "quota";
  return codes.get(error.code ?? "") ?? codes.get(error.type ?? "");
}

/** The words of Azure API Management for a spent quota, which it answers with 403 (https://github.com/MicrosoftDocs/azure-docs/issues/16282). */
const callVolumeQuota = /\bout of (?:call volume|bandwidth) quota\b/iu;

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
  // Azure says 401 of an identity that it knows and that lacks the role
  // (https://github.com/Azure-Samples/azure-ai-studio-secure-bicep/pull/17).
  ["PermissionDenied", "permission"],
  // What the `error` of a response may say (ResponseError of https://platform.openai.com/docs/api-reference/responses/object), which comes with status 200.
  ["bio_policy", "content-filter"],
  ["misalignment_policy_violation", "content-filter"],
  ["image_content_policy_violation", "content-filter"],
  ["data_residency_mismatch", "permission"],
  ["vector_store_timeout", "unavailable"],
  ["invalid_image", "invalid-request"],
  ["invalid_image_format", "invalid-request"],
  ["invalid_base64_image", "invalid-request"],
  ["invalid_image_url", "invalid-request"],
  ["invalid_image_mode", "invalid-request"],
  ["image_too_large", "invalid-request"],
  ["image_too_small", "invalid-request"],
  ["image_parse_error", "invalid-request"],
  ["image_file_too_large", "invalid-request"],
  ["unsupported_image_media_type", "invalid-request"],
  ["empty_image_file", "invalid-request"],
  ["failed_to_download_image", "invalid-request"],
  ["image_file_not_found", "invalid-request"],
]);
