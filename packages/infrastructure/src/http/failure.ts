import type { ChatException, ChatExceptionCode } from "@chatport/domain";
import type { FailureContext } from "./failure-context.js";
import type { ServerError } from "./server-error.js";
import { chatExceptionOf } from "./chat-exception-of.js";
import { classify } from "./error-classification.js";
import { describe, describeRedirect, longestMessage } from "./failure-message.js";
import { parseJson } from "./json.js";
import { printable } from "./printable.js";
import { requestIdOf, retryAdviceIn, retryAdviceOf } from "./response-facts.js";
import { readServerError } from "./server-error.js";

export type { FailureContext } from "./failure-context.js";
export { failureFromTransport } from "./transport-failure.js";

/**
 * The exception for a response whose status is no success. The status decides the code and the body's words refine it; the message is the server's own, then in
 * parentheses what it leaves out of status, code and request id. `x-should-retry` decides about retrying where it is sent.
 */
export function failureFromResponse(
  response: { readonly status: number; readonly headers: Headers },
  body: string,
  context: FailureContext,
): ChatException {
  const { status, headers } = response;
  const read = readServerError(body, context.redact);
  // The response's own status wins over one in the body, which may be the status of something upstream.
  const error: ServerError = status >= 400 ? { ...read, status } : read;
  const advice = retryAdviceOf(headers);
  const retryAfterMs = advice.retryAfterMs ?? error.retryAfterMs ?? (status === 429 ? retryAdviceIn(error.message) : undefined);
  const facts = { ...error, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  const redirect = status === 0 || (status >= 300 && status < 400);
  const code = redirect ? "invalid-request" : (context.codeOf?.(facts) ?? classify(facts));
  const requestId = identifier(requestIdOf(headers), context) ?? context.requestId ?? error.requestId;
  const message = redirect
    ? describeRedirect(status, headers.get("location"), context)
    : describe(wellPut(error, body, context), status, requestId);
  return exceptionFrom(code, message, facts, context, {
    status,
    requestId,
    retryable: advice.shouldRetry ?? (neverRetried.has(status) ? false : undefined),
  });
}

/**
 * The exception for an error that arrived with status 200: an error object inside a stream, or as the whole body. Classified like the same error with a status;
 * one that says nothing known counts as `unavailable`.
 *
 * @param payload The parsed chunk, or its text.
 */
export function failureInStream(payload: unknown, context: FailureContext): ChatException {
  const read = readServerError(payload, context.redact);
  const code = context.codeOf?.(read) ?? classify(read);
  const retryAfterMs = read.retryAfterMs ?? (code === "rate-limit" ? retryAdviceIn(read.message) : undefined);
  const error = { ...read, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  const requestId = context.requestId ?? error.requestId;
  return exceptionFrom(code, describe(wellPut(error, payload, context), error.status, requestId), error, context, {
    status: error.status,
    requestId,
    retryable: error.status !== undefined && neverRetried.has(error.status) ? false : undefined,
  });
}

/** The error in the vendor's better words, where the context has such. */
function wellPut(error: ServerError, body: unknown, { messageOf, redact }: FailureContext): ServerError {
  const words = messageOf?.(typeof body === "string" ? (parseJson(body) ?? body) : body);
  return words === undefined ? error : { ...error, message: printable(words, longestMessage, redact) };
}

/** 501 Not Implemented and 505 HTTP Version Not Supported say that asking again changes nothing. */
const neverRetried: ReadonlySet<number> = new Set([501, 505]);

interface ResponseFacts {
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly retryable: boolean | undefined;
}

function exceptionFrom(
  code: ChatExceptionCode,
  message: string,
  error: ServerError,
  context: FailureContext,
  facts: ResponseFacts,
): ChatException {
  const providerCode = error.code ?? error.type ?? error.words[0];
  return chatExceptionOf(code, message, {
    provider: context.provider,
    ...(facts.status !== undefined && facts.status > 0 && { status: facts.status }),
    ...(providerCode !== undefined && { providerCode }),
    ...(facts.requestId !== undefined && { requestId: facts.requestId }),
    ...(facts.retryable !== undefined && { retryable: facts.retryable }),
    ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
    ...(context.partial !== undefined && { partial: context.partial }),
    ...(context.usage !== undefined && { usage: context.usage }),
  });
}

function identifier(id: string | undefined, context: FailureContext): string | undefined {
  return id === undefined ? undefined : printable(id, id.length + 16, context.redact);
}
