/**
 * What is left of one deadline over several attempts, as the deadline of the next one, in milliseconds: whole ones, as people read them, and at least 1, since a timer may fire a little early and a
 * deadline of nothing is refused as a mistake. One that was a mistake from the beginning (0, or less) stays one.
 *
 * @param startedAt the time of `performance.now()` at which it began
 */
export function deadlineLeft(overallMs: number, startedAt: number): number {
  return overallMs > 0 ? Math.max(shortestMs, Math.ceil(overallMs - (performance.now() - startedAt))) : overallMs;
}

/** The deadline over several attempts where none is set, in milliseconds. */
export const defaultOverallMs = 1_800_000;

/** Less than this is no time for another attempt. */
export const shortestMs = 1;
