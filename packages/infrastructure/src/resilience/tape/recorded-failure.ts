import { type ChatException, type ChatExceptionDetails, isChatException, NetworkException, ParseException } from "@chatport/domain";
import { chatExceptionOf, isChatExceptionCode } from "../../http/chat-exception-of.js";
import type { RecordedFailure } from "./tape-format.js";

/** What a tape keeps of an error: what programs act on and people read. Not its cause, stack and attempts; what had arrived stands in the events before it. */
export function recordFailure(error: unknown): RecordedFailure {
  if (!isChatException(error)) return { message: error instanceof Error ? error.message : String(error) };
  const { code, message, provider, status, providerCode, requestId, retryable, retryAfterMs } = error;
  return {
    code,
    message,
    provider,
    status,
    providerCode,
    requestId,
    retryable,
    retryAfterMs,
    ...(error instanceof NetworkException && { phase: error.phase }),
    ...(error instanceof ParseException && { excerpt: error.excerpt }),
  };
}

/** The error that was recorded. @param soFar what the events before it add up to */
export function replayFailure(
  { code, message, provider: recorded, ...facts }: RecordedFailure,
  soFar: Pick<ChatExceptionDetails, "provider" | "partial" | "usage">,
): Error {
  if (code === undefined) return new Error(message);
  const details: ChatExceptionDetails = { ...soFar, ...defined(facts), provider: recorded ?? soFar.provider };
  return exceptionOf(code, message, details);
}

/** An exception of the class that its code belongs to. A code that nobody knows becomes `unavailable`. */
export function exceptionOf(code: string, message: string, details: ChatExceptionDetails): ChatException {
  return chatExceptionOf(isChatExceptionCode(code) ? code : "unavailable", message, details);
}

function defined<Facts extends object>(facts: Facts): { [Key in keyof Facts]?: Exclude<Facts[Key], undefined> } {
  const known: { [Key in keyof Facts]?: Exclude<Facts[Key], undefined> } = {};
  return Object.assign(known, Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)));
}
