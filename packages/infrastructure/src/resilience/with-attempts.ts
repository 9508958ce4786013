import { type Attempt, type ChatException, isChatException } from "@chatport/domain";

/** The attempts that an error says failed before it. */
export function attemptsOf(error: unknown): readonly Attempt[] {
  return isChatException(error) ? (error.attempts ?? []) : [];
}

/** A member's failure as an attempt: the one behind those that its own retries made. */
export function attemptOf(provider: string, exception: ChatException): Attempt {
  const number = attemptsOf(exception).filter((attempt) => attempt.provider === provider).length + 1;
  return { provider, number, exception };
}

/** Every attempt of every member, oldest first: those that a member's own retries made come before its last one. */
export function everyAttempt(failures: readonly Attempt[], except?: Attempt): readonly Attempt[] {
  return failures.flatMap((failure) => [...attemptsOf(failure.exception), ...(failure === except ? [] : [failure])]);
}

/**
 * The same exception with other `attempts`. A copy, because the same exception may be thrown again, and may then be among its own attempts. A real `Error`, so that inspectors
 * print its stack.
 */
export function withAttempts(exception: ChatException, attempts: readonly Attempt[]): ChatException {
  const copy: unknown = Object.setPrototypeOf(new Error(exception.message), Reflect.getPrototypeOf(exception));
  const own = Object.getOwnPropertyDescriptors(exception);
  const field = { configurable: true, writable: true };
  Object.defineProperties(copy, {
    ...own,
    stack: { ...field, value: exception.stack },
    attempts: { ...field, enumerable: true, value: attempts },
  });
  return isChatException(copy) ? copy : exception;
}
