import {
  type Attempt,
  type CallOptions,
  type ChatEvent,
  type ChatProvider,
  type ChatRequest,
  type ModelInfo,
  singleUse,
} from "@chatport/domain";
import { AttemptIterator } from "./attempt-iterator.js";
import { RetriedCall } from "./retried-call.js";

/** How often and how patiently a failed call is made again. Times are in milliseconds. */
export interface RetryOptions {
  /** Attempts in all, the first included; 1 never retries. Default 3. */
  readonly maxAttempts?: number;
  /** Upper bound of the wait after the first failure; it doubles with every further one, and the wait is drawn below it. Default 500. */
  readonly baseDelayMs?: number;
  /** The most that the doubled bound grows to. It does not shorten a wait that the server asked for. Default 8,000. */
  readonly maxDelayMs?: number;
  /** The longest wait that a server may ask for; when it asks for more, the call fails at once and the exception's `retryAfterMs` says how long. Default 60,000. */
  readonly maxRetryAfterMs?: number;
  /**
   * One deadline over all attempts and the waits between them: every attempt is given what is left of it as its `deadlines.totalMs`. A call's own `totalMs` goes before it.
   * Default 1,800,000; by default it bounds the beginning of attempts alone, so that it does not lengthen a total that the wrapped provider was configured with.
   */
  readonly overallMs?: number;
  /** Told of every failed attempt that is about to be made again, after the call's own `onAttempt`. What it throws ends the call: it is rethrown from `next()`. */
  readonly onAttempt?: (attempt: Attempt) => void;
  /** A number from 0 up to, not including, 1, for the jitter. Default `Math.random`. */
  readonly random?: () => number;
}

/**
 * The same provider, whose calls are made again when they fail with an exception that is `retryable`.
 *
 * - A stream is retried only before its first visible event. `message-start` and `usage` are not visible: they are held back until something visible follows, then come in
 *   their order. What a failed attempt held back is dropped; the tokens it had used are on the exception that `onAttempt` sees. An abort cannot carry them: when usage was
 *   held, the held events come before the abort's reason.
 * - The wait is what the server asked for (never shorter), else exponential backoff with full jitter, at least 100 ms
 *   (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). A wait that goes past the overall deadline is not begun.
 * - Aborting or leaving ends a wait at once. What is thrown in the end carries the earlier failures in `attempts`.
 *
 * @throws {RangeError} when `maxAttempts` is not a whole number of at least 1, or a time is no number of milliseconds.
 */
export function withRetry(provider: ChatProvider, options: RetryOptions = {}): ChatProvider {
  const { maxAttempts } = options;
  if (maxAttempts !== undefined && !(Number.isInteger(maxAttempts) && maxAttempts >= 1)) {
    throw new RangeError(`maxAttempts must be a whole number of at least 1, not ${maxAttempts}.`);
  }
  for (const name of ["baseDelayMs", "maxDelayMs", "maxRetryAfterMs", "overallMs"] as const) {
    const value = options[name];
    if (value !== undefined && !(value >= 0)) throw new RangeError(`${name} must be a number of milliseconds, 0 or more, not ${value}.`);
  }
  const call = <Made>(callOptions: CallOptions, attempt: (attemptOptions: CallOptions) => Made): RetriedCall<Made> =>
    new RetriedCall(provider.name, options, callOptions, attempt);
  return {
    name: provider.name,
    vendor: provider.vendor,
    capabilities: provider.capabilities,
    stream(request: ChatRequest, callOptions: CallOptions = {}): AsyncIterable<ChatEvent> {
      const begin = () => call(callOptions, (attemptOptions) => provider.stream(request, attemptOptions));
      return singleUse(provider.name, () => new AttemptIterator(begin));
    },
    ...(provider.listModels && {
      listModels: (callOptions: CallOptions = {}) =>
        settled(call(callOptions, async (attemptOptions) => provider.listModels?.(attemptOptions))),
    }),
  };
}

async function settled(call: RetriedCall<Promise<readonly ModelInfo[] | undefined>>): Promise<readonly ModelInfo[]> {
  for (;;) {
    try {
      return (await call.open()) ?? [];
    } catch (error) {
      await call.recover(error);
    }
  }
}
