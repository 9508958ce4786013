import {
  ApiLimitException,
  AuthenticationException,
  type ChatException,
  type ChatExceptionCode,
  type ChatExceptionDetails,
  NetworkException,
  ParseException,
  RequestException,
  ServerException,
} from "@chatport/domain";

/** The exception of the class that a code belongs to. */
export function chatExceptionOf(code: ChatExceptionCode, message: string, details: ChatExceptionDetails): ChatException {
  switch (code) {
    case "authentication":
    case "permission":
      return new AuthenticationException(code, message, details);
    case "rate-limit":
    case "quota":
      return new ApiLimitException(code, message, details);
    case "network":
    case "timeout":
    case "truncated":
      return new NetworkException(code, message, details);
    case "malformed":
      return new ParseException(code, message, details);
    case "invalid-request":
    case "context-overflow":
    case "not-found":
    case "content-filter":
    case "unsupported":
      return new RequestException(code, message, details);
    case "unavailable":
      return new ServerException(code, message, details);
  }
}

/** Whether a text, from a tape or a file, is one of the port's codes. */
export function isChatExceptionCode(text: string): text is ChatExceptionCode {
  return Object.hasOwn(exceptionCodes, text);
}

/** All codes of the port. A record, so that the compiler misses one that is left out. */
export const exceptionCodes: Readonly<Record<ChatExceptionCode, ChatExceptionCode>> = {
  authentication: "authentication",
  permission: "permission",
  "rate-limit": "rate-limit",
  quota: "quota",
  network: "network",
  timeout: "timeout",
  truncated: "truncated",
  malformed: "malformed",
  "invalid-request": "invalid-request",
  "context-overflow": "context-overflow",
  "not-found": "not-found",
  "content-filter": "content-filter",
  unsupported: "unsupported",
  unavailable: "unavailable",
};
