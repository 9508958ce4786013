import type { ChatExceptionCode } from "@chatport/domain";
import type { ServerError } from "../../http/server-error.js";

/**
 * What Google's own words mean where the status alone misleads (https://ai.google.dev/gemini-api/docs/troubleshooting#error-codes and
 * https://cloud.google.com/apis/design/errors): a wrong key and a country that is not served are both status 400. Undefined for all others, which the general rules
 * know.
 */
export function geminiCodeOf(error: ServerError): ChatExceptionCode | undefined {
  return error.words.map((word) => codes.get(word)).find((code) => code !== undefined);
}

const codes: ReadonlyMap<string, ChatExceptionCode> = new Map([
  ["API_KEY_INVALID", "authentication"],
  ["API_KEY_EXPIRED", "authentication"],
  ["API_KEY_SERVICE_BLOCKED", "permission"],
  ["API_KEY_HTTP_REFERRER_BLOCKED", "permission"],
  ["API_KEY_IP_ADDRESS_BLOCKED", "permission"],
  ["SERVICE_DISABLED", "permission"],
  ["CONSUMER_SUSPENDED", "permission"],
  ["BILLING_DISABLED", "quota"],
  ["FAILED_PRECONDITION", "permission"],
  ["CANCELLED", "unavailable"],
]);
