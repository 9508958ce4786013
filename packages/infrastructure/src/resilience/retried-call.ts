import { type Attempt, type CallOptions, isChatException } from "@chatport/domain";
import { retryDelayMs } from "./backoff.js";
import { OverallDeadline } from "./overall-deadline.js";
import { type Pause, pause } from "./pause.js";
import { attemptsOf, withAttempts } from "./with-attempts.js";
import type { RetryOptions } from "./with-retry.js";

/** How many attempts a call has where nobody says. */
export const defaultMaxAttempts = 3;

/** One call over all its attempts: what failed so far, what is left of the time, and the wait that is going on. With streams for attempts it is an `AttemptSequence`. */
export class RetriedCall<Made> {
  readonly #provider: string;
  readonly #attempt: (options: CallOptions) => Made;
  readonly #options: RetryOptions;
  readonly #callOptions: CallOptions;
  readonly #deadline: OverallDeadline;
  readonly #failures: Attempt[] = [];
  #pause: Pause | undefined;
  #cancelled = false;

  /** `attempt` makes one attempt. */
  constructor(provider: string, options: RetryOptions, callOptions: CallOptions, attempt: (options: CallOptions) => Made) {
    this.#provider = provider;
    this.#attempt = attempt;
    this.#options = options;
    this.#callOptions = callOptions;
    this.#deadline = new OverallDeadline(callOptions, options.overallMs);
  }

  get hasFailures(): boolean {
    return this.#failures.length > 0;
  }

  get aborted(): boolean {
    return this.#callOptions.signal?.aborted ?? false;
  }

  /**
   * Begins the next attempt, with what is left of the overall deadline where one was set.
   *
   * @throws the signal's reason once aborted.
   */
  open(): Made {
    this.#callOptions.signal?.throwIfAborted();
    return this.#attempt(this.#deadline.optionsOfNext());
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
    return isChatException(error) && this.#failures.length > 0 && !this.aborted
      ? withAttempts(error, [...this.#failures, ...attemptsOf(error)])
      : error;
  }

  /** Ends the wait that is going on, and lets none begin. */
  cancel(): void {
    this.#cancelled = true;
    this.#pause?.end();
  }

  #delayAfter(error: unknown): number | undefined {
    const failures = this.#failures.length + 1;
    if (!isChatException(error) || !error.retryable || failures >= (this.#options.maxAttempts ?? defaultMaxAttempts)) {
      return undefined;
    }
    const delayMs = retryDelayMs(error, failures, this.#options);
    return delayMs !== undefined && delayMs < this.#deadline.leftMs ? delayMs : undefined;
  }
}
