import type { ChatExceptionCode } from "@chatport/domain";
import type { ServerError } from "../../http/server-error.js";

/**
 * What Google's own words mean where the status alone misleads (https://ai.google.dev/gemini-api/docs/troubleshooting#error-codes and
 * https://google.aip.dev/193): a wrong key and a country that is not served are both status 400, and one status 429 stands for limits per minute and per day.
 * Undefined for all others, which the general rules know.
 */
export function geminiCodeOf({ code, type, words }: ServerError): ChatExceptionCode | undefined {
  const said = [code, type, ...words].filter((word) => word !== undefined);
  if (said.some((word) => longPeriod.test(word))) return "quota";
  if (said.some((word) => shortPeriod.test(word))) return "rate-limit";
  return said.map((word) => codes.get(word)).find((known) => known !== undefined);
}

/**
 * The period of a limit is in the name of its quota: the `quotaId` of a `QuotaFailure`, such as "GenerateRequestsPerDayPerProjectPerModel-FreeTier"
 * (https://ai.google.dev/gemini-api/docs/rate-limits, and the answers quoted in github.com/google-gemini/gemini-cli/issues/8437). Several may be exceeded at once;
 * the longest decides, since waiting for the shorter ones changes nothing, whatever `RetryInfo` says.
 */
const longPeriod = /per_?(?:day|week|month)|daily/iu;
const shortPeriod = /per_?(?:second|minute|hour)/iu;

const codes: ReadonlyMap<string, ChatExceptionCode> = new Map([
  ["API_KEY_INVALID", "authentication"],
  ["API_KEY_EXPIRED", "authentication"],
  ["API_KEY_SERVICE_BLOCKED", "permission"],
  ["API_KEY_HTTP_REFERRER_BLOCKED", "permission"],
  ["API_KEY_IP_ADDRESS_BLOCKED", "permission"],
  ["SERVICE_DISABLED", "permission"],
  ["CONSUMER_SUSPENDED", "permission"],
  ["BILLING_DISABLED", "quota"],
  ["quota_exceeded", "quota"],
  ["FAILED_PRECONDITION", "permission"],
  ["CANCELLED", "unavailable"],
]);
