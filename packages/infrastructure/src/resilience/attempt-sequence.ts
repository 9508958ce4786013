import type { ChatEvent } from "@chatport/domain";

/** One call that may take several attempts: a policy's own half of it. `AttemptIterator` reads what it opens. */
export interface AttemptSequence {
  /** Whether an attempt has failed already. */
  readonly hasFailures: boolean;
  /** Whether the caller has aborted. */
  readonly aborted: boolean;
  /**
   * Begins the next attempt.
   *
   * @throws the signal's reason once aborted.
   */
  open(): AsyncIterable<ChatEvent>;
  /**
   * Takes the failure of the latest attempt, which showed nothing visible. Returns when it is time for the next one, or as soon as the call is cancelled or aborted.
   *
   * @throws what the call ends with, when there is to be no further attempt.
   */
  recover(error: unknown): Promise<void>;
  /** What the caller gets in place of this error: with the attempts that failed before it. */
  describe(error: unknown): unknown;
  /** Ends a wait that is going on, and lets none begin; absent where nothing waits between attempts. */
  cancel?(): void;
}
