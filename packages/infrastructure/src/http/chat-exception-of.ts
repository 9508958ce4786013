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
