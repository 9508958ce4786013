import { type Attempt, type CallOptions, type ChatException, isChatException } from "@chatport/domain";
import { retryDelayMs } from "./backoff.js";
import { type Pause, pause } from "./pause.js";
import type { RetryOptions } from "./with-retry.js";

/** One call over all its attempts: what failed so far, what is left of the time, and the wait that is going on. */
export class RetriedCall {
  readonly #provider: string;
  readonly #options: RetryOptions;
  readonly #callOptions: CallOptions;
  readonly #overallMs: number | undefined;
  readonly #startedAt = performance.now();
  readonly #failures: Attempt[] = [];
  #pause: Pause | undefined;
  #cancelled = false;

  constructor(provider: string, options: RetryOptions, callOptions: CallOptions) {
    this.#provider = provider;
    this.#options = options;
    this.#callOptions = callOptions;
    this.#overallMs = callOptions.deadlines?.totalMs ?? options.overallMs;
  }

  /** The attempts that have failed, oldest first. */
  get failures(): readonly Attempt[] {
    return this.#failures;
  }

  /** Whether the caller has aborted. */
  get aborted(): boolean {
    return this.#callOptions.signal?.aborted ?? false;
  }

  /**
   * The options of the next attempt: the call's own, with what is left of the overall deadline where one was set.
   *
   * @throws the signal's reason once aborted.
   */
  attemptOptions(): CallOptions {
    this.#callOptions.signal?.throwIfAborted();
    if (this.#overallMs === undefined) {
      return this.#callOptions;
    }
    return { ...this.#callOptions, deadlines: { ...this.#callOptions.deadlines, totalMs: Math.max(0, this.#leftMs()) } };
  }

  /**
   * Returns when it is time for the next attempt, or as soon as the call is cancelled or aborted.
   *
   * @throws the signal's reason when it has aborted already; else the error itself, with the earlier failures, when there is to be no further attempt; else what an `onAttempt` throws.
   */
  async recover(error: unknown): Promise<void> {
    const { signal } = this.#callOptions;
    signal?.throwIfAborted();
    const delayMs = this.#delayAfter(error);
    if (delayMs === undefined || !isChatException(error)) {
      throw this.describe(error);
    }
    const attempt: Attempt = { provider: this.#provider, number: this.#failures.length + 1, exception: error, delayMs };
    this.#failures.push(attempt);
    this.#callOptions.onAttempt?.(attempt);
    this.#options.onAttempt?.(attempt);
    if (!this.#cancelled) {
      this.#pause = pause(delayMs, signal);
      await this.#pause.over;
    }
  }

  /** The same error, with the attempts that failed before it when it is a `ChatException`. */
  describe(error: unknown): unknown {
    return isChatException(error) && this.#failures.length > 0 && !this.aborted ? withAttempts(error, [...this.#failures]) : error;
  }

  /** Ends the wait that is going on, and lets none begin. */
  cancel(): void {
    this.#cancelled = true;
    this.#pause?.end();
  }

  #delayAfter(error: unknown): number | undefined {
    const failures = this.#failures.length + 1;
    if (!isChatException(error) || !error.retryable || failures >= (this.#options.maxAttempts ?? 3)) {
      return undefined;
    }
    const delayMs = retryDelayMs(error, failures, this.#options);
    return delayMs !== undefined && delayMs < this.#leftMs() ? delayMs : undefined;
  }

  #leftMs(): number {
    return (this.#overallMs ?? 1_800_000) - (performance.now() - this.#startedAt);
  }
}

/** A copy, because the same exception may be thrown again, and may then be among its own attempts. A real `Error`, so that inspectors print its stack. */
function withAttempts(exception: ChatException, attempts: readonly Attempt[]): ChatException {
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
