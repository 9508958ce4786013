import { type ChatException, type ChatExceptionCode, isChatException } from "@chatport/domain";
import { chatExceptionOf } from "../../http/chat-exception-of.js";
import { type FailureContext, failureFromTransport } from "../../http/failure.js";
import type { ServerError } from "../../http/server-error.js";

/**
 * What Ollama's errors mean. They are words alone, `{"error": "..."}` (https://docs.ollama.com/api/errors), so the status decides where there is one; an error
 * line in a stream has none. The words are those of the server's routes (github.com/ollama/ollama, server/routes.go).
 */
export function ollamaCodeOf({ status, message }: ServerError): ChatExceptionCode | undefined {
  return status === undefined ? words.find(([pattern]) => pattern.test(message))?.[1] : undefined;
}

const words: readonly (readonly [pattern: RegExp, code: ChatExceptionCode])[] = [
  [/^model\b.*\bnot found/iu, "not-found"],
  [/\bdoes not support\b|^invalid\b/iu, "invalid-request"],
  [/^unauthorized\b/iu, "authentication"],
  [/server busy|requires more system memory/iu, "unavailable"],
];

/** What a failed call asked for. */
interface Asked {
  /** Absent when no model was asked. */
  readonly model?: string | undefined;
  /** Where the server is. */
  readonly url?: string | undefined;
}

/** What sending threw, as the exception for the caller, with what to do about it. */
export function explained(error: unknown, failure: FailureContext, model?: string): ChatException {
  return withAdvice(isChatException(error) ? error : failureFromTransport(error, failure), { model, url: failure.url });
}

/** Adds to a message what to do, for the two failures that everybody meets: the server is not running, the model is not there. */
export function withAdvice(error: ChatException, { model, url }: Asked): ChatException {
  if (error.code === "network" && error.message.includes("Connection refused")) {
    return reworded(error, `${error.message.replace(/: is the server running\?/u, ".")} Is Ollama running? Start it with: ollama serve`);
  }
  const absent = error.code === "not-found" && /\bmodel\b/iu.test(error.message);
  if (!absent || model === undefined || isCloud(url)) return error;
  return reworded(error, `${error.message}${/[.!?]$/u.test(error.message) ? "" : "."} Get it with: ollama pull ${model}`);
}

/** Ollama's own cloud has all of its models already. */
function isCloud(url: string | undefined): boolean {
  return url !== undefined && /(?:^|\.)ollama\.com$/u.test(new URL(url).hostname);
}

function reworded(error: ChatException, message: string): ChatException {
  const { code, provider, retryable, cause, status, providerCode, requestId, retryAfterMs, partial, usage } = error;
  return chatExceptionOf(code, message, {
    provider,
    retryable,
    ...(cause !== undefined && { cause }),
    ...(status !== undefined && { status }),
    ...(providerCode !== undefined && { providerCode }),
    ...(requestId !== undefined && { requestId }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(partial !== undefined && { partial }),
    ...(usage !== undefined && { usage }),
  });
}
