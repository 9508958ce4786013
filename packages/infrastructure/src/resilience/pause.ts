/** A wait that can be ended early. */
export interface Pause {
  /** Resolves when the time is over, when the signal aborts, or when `end` is called; it never rejects. */
  readonly over: Promise<void>;
  /** Ends the wait now. */
  readonly end: () => void;
}

/**
 * Starts to wait for at least `ms` milliseconds; any length is fine, `Infinity` included. Timer and listener are gone once it is over.
 */
export function pause(ms: number, signal?: AbortSignal): Pause {
  const due = performance.now() + ms;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let resolve = (): void => {};
  const over = new Promise<void>((resolveOver) => {
    resolve = resolveOver;
  });
  const end = (): void => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
    resolve();
  };
  const check = (): void => {
    const left = due - performance.now();
    if (left <= 0 || signal?.aborted) {
      end();
    } else {
      // A timer may fire a little early, and one beyond 2^31 - 1 ms fires at once: look at the clock again.
      timer = setTimeout(check, Math.min(Math.ceil(left), longestTimerMs));
    }
  };
  signal?.addEventListener("abort", end);
  check();
  return { over, end };
}

const longestTimerMs = 2 ** 31 - 1;
