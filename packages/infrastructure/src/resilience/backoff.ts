import type { ChatException } from "@chatport/domain";

/** What {@link retryDelayMs} needs to know; times are in milliseconds. */
export interface BackoffOptions {
  /** Upper bound of the first wait. Default 500. */
  readonly baseDelayMs?: number;
  /** The most that the bound grows to. Default 8,000. */
  readonly maxDelayMs?: number;
  /** The longest wait that a server may ask for. Default 60,000. */
  readonly maxRetryAfterMs?: number;
  /** From 0 up to, not including, 1. Default `Math.random`. */
  readonly random?: () => number;
}

/** The waits of those who ask for no others. */
export const defaultBackoff = { baseDelayMs: 500, maxDelayMs: 8_000, maxRetryAfterMs: 60_000 } as const;

/**
 * How long to wait before the next attempt, in milliseconds; undefined when the server asks for a wait that is too long.
 *
 * What the server asked for is kept exactly. Otherwise the wait is drawn between zero and a bound that doubles with every failure ("full jitter"), and is at least 100 ms (or
 * `maxDelayMs`, when that is less), so that an unlucky draw does not strike a server that just failed.
 *
 * @param failures how many attempts have failed, this one included
 */
export function retryDelayMs(exception: ChatException, failures: number, options: BackoffOptions): number | undefined {
  const {
    baseDelayMs = defaultBackoff.baseDelayMs,
    maxDelayMs = defaultBackoff.maxDelayMs,
    maxRetryAfterMs = defaultBackoff.maxRetryAfterMs,
    random = Math.random,
  } = options;
  const asked = exception.retryAfterMs;
  if (asked !== undefined && asked >= 0) {
    return asked <= maxRetryAfterMs ? asked : undefined;
  }
  const bound = Math.min(maxDelayMs, baseDelayMs * 2 ** (failures - 1));
  return Math.max(Math.min(shortestMs, maxDelayMs), random() * bound);
}

const shortestMs = 100;
