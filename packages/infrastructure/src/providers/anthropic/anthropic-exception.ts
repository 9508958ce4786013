import type { ChatExceptionCode } from "@chatport/domain";
import type { ServerError } from "../../http/server-error.js";

/**
 * What Anthropic's own error types mean (https://platform.claude.com/docs/en/api/errors). Undefined for `invalid_request_error`, which heads nearly anything,
 * unless its words say more: a spend limit or an empty account is told with status 400, too.
 */
export function anthropicCodeOf({ type = "", message }: ServerError): ChatExceptionCode | undefined {
  if (accountWords.test(message)) return "quota";
  return codes.get(type);
}

const accountWords = /credit balance is too low|specified (?:workspace )?API usage limits|spend(?:ing)? limit/iu;

const codes: ReadonlyMap<string, ChatExceptionCode> = new Map([
  ["authentication_error", "authentication"],
  ["billing_error", "quota"],
  ["permission_error", "permission"],
  ["not_found_error", "not-found"],
  ["request_too_large", "context-overflow"],
  ["rate_limit_error", "rate-limit"],
  ["timeout_error", "unavailable"],
  ["overloaded_error", "unavailable"],
]);
