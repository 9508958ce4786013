import type { ChatExceptionCode } from "@chatport/domain";
import type { ServerError } from "./server-error.js";
import { codeOfMessage, codeOfWords, speaksOfQuota } from "./error-words.js";

/**
 * The code of a server's error, by rules that hold for all vendors: the status decides (RFC 9110), machine-readable words refine it, and without a status they
 * decide. A message's words count last, as they change. Nothing known is `unavailable`.
 */
export function classify(error: ServerError): ChatExceptionCode {
  return error.status === undefined ? byWords(error) : byStatus(error, error.status);
}

function byStatus(error: ServerError, status: number): ChatExceptionCode {
  const named = namedCode(error);
  switch (status) {
    case 401:
      return "authentication";
    case 402:
      return "quota";
    case 403:
      return named !== undefined && refinesForbidden.has(named)
        ? named
        : (mentionedCode(error, new Set(["content-filter"])) ?? "permission");
    case 404:
      return "not-found";
    case 413:
      return "context-overflow";
    case 429:
      return named === "quota" || (named !== "rate-limit" && saysQuota(error)) ? "quota" : "rate-limit";
    case 408:
    case 409:
    case 425:
      return "unavailable";
    default:
      if (status >= 500) return named !== undefined && refinesServerError.has(named) ? named : "unavailable";
      if (named !== undefined && refinesBadRequest.has(named)) return named;
      return mentionedCode(error, refinesBadRequest) ?? "invalid-request";
  }
}

function byWords(error: ServerError): ChatExceptionCode {
  const named = namedCode(error);
  // `server_error` and `invalid_request_error` are how some servers head everything; what is more specific lies in the words then.
  if (named === undefined || named === "unavailable" || named === "invalid-request") return mentionedCode(error) ?? named ?? "unavailable";
  return named;
}

function namedCode(error: ServerError): ChatExceptionCode | undefined {
  return codeOfWords([error.code, error.type, ...error.words].filter((word) => word !== undefined));
}

function mentionedCode(error: ServerError, admitted?: ReadonlySet<ChatExceptionCode>): ChatExceptionCode | undefined {
  return codeOfMessage(error.message, (code) => admitted?.has(code) !== false && (code !== "quota" || saysQuota(error)));
}

/** Google says "You exceeded your current quota" of a limit per minute too, but then also how long to wait. */
function saysQuota(error: ServerError): boolean {
  return speaksOfQuota(error.message) && error.retryAfterMs === undefined;
}

const refinesForbidden: ReadonlySet<ChatExceptionCode> = new Set(["quota", "rate-limit", "content-filter", "authentication"]);
const refinesServerError: ReadonlySet<ChatExceptionCode> = new Set(["quota", "content-filter", "context-overflow"]);
const refinesBadRequest: ReadonlySet<ChatExceptionCode> = new Set([
  "content-filter",
  "context-overflow",
  "not-found",
  "authentication",
  "permission",
  "quota",
  "rate-limit",
]);
