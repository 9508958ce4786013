import type { CallOptions } from "@chatport/domain";

/** The deadline over several attempts where none is set, in milliseconds. */
export const defaultOverallMs = 1_800_000;

/** Less than this is no time for another attempt, in milliseconds. */
const shortestMs = 1;

/** One deadline over all attempts of a call, which begins when it is made: the call's own total, or else the configured one, or else half an hour between attempts. */
export class OverallDeadline {
  readonly #callOptions: CallOptions;
  readonly #overallMs: number | undefined;
  readonly #startedAt = performance.now();

  constructor(callOptions: CallOptions, configuredMs: number | undefined) {
    this.#callOptions = callOptions;
    this.#overallMs = callOptions.deadlines?.totalMs ?? configuredMs;
  }

  /** What is left, in milliseconds. */
  get leftMs(): number {
    return (this.#overallMs ?? defaultOverallMs) - (performance.now() - this.#startedAt);
  }

  /** Whether there is no time for another attempt. */
  get isOver(): boolean {
    return this.leftMs < shortestMs;
  }

  /**
   * The options of the next attempt: where a deadline was set, with what is left of it. In whole milliseconds, as people read them, and at least 1, since a timer
   * may fire a little early and a deadline of nothing is refused as a mistake. One that was a mistake from the beginning (0, or less) stays one.
   */
  optionsOfNext(): CallOptions {
    if (this.#overallMs === undefined) return this.#callOptions;
    const totalMs = this.#overallMs > 0 ? Math.max(shortestMs, Math.ceil(this.leftMs)) : this.#overallMs;
    return { ...this.#callOptions, deadlines: { ...this.#callOptions.deadlines, totalMs } };
  }
}
