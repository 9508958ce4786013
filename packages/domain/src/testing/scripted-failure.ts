import {
  ApiLimitException,
  AuthenticationException,
  type ChatException,
  type ChatExceptionDetails,
  NetworkException,
  ParseException,
  RequestException,
  ServerException,
} from "../chat-exception.js";
import type { ScriptedError, ScriptedWrongBody } from "./scripted-answer.js";

/** The exception that an adapter makes of a scripted error. */
export function failureOf(step: ScriptedError, details: ChatExceptionDetails): ChatException {
  switch (step.kind) {
    case "authentication":
      return new AuthenticationException("authentication", step.message, { ...details, status: 401 });
    case "rate-limit":
      return new ApiLimitException("rate-limit", step.message, {
        ...details,
        status: 429,
        ...(step.retryAfterMs === undefined ? {} : { retryAfterMs: step.retryAfterMs }),
      });
    case "invalid-request":
      return new RequestException("invalid-request", step.message, { ...details, status: 400 });
    case "unavailable":
      return new ServerException("unavailable", step.message, { ...details, status: 503 });
  }
}

/** The exception that an adapter makes of a body that is no answer. */
export function wrongBodyFailure(step: ScriptedWrongBody, details: ChatExceptionDetails): ChatException {
  const said = step.message ?? "no words of its own";
  switch (step.body) {
    case "html":
      // Such a page comes from a proxy in between, which may be gone next time.
      return new ParseException("malformed", `A web page came instead of an answer: ${said}`, {
        ...details,
        retryable: true,
        excerpt: said,
      });
    case "json-error":
      return new ParseException("malformed", said, { ...details, excerpt: said });
    case "empty":
      return new NetworkException("truncated", "The answer is empty.", details);
  }
}
