/** Waits; rejects with the signal's reason as soon as the signal aborts. */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** {@link Sleep} over the platform's timers, looked up when called, so that a test runner's fake timers apply. `Infinity` waits for the signal alone. */
export const abortableSleep: Sleep = (milliseconds, signal) =>
  new Promise<void>((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- an abort gives any reason, and it is passed on as it is.
      reject(signal.reason);
    };
    const wake = (): void => {
      signal.removeEventListener("abort", abort);
      resolve();
    };
    // Timers hold 31 bits: what is longer would fire at once.
    const timer = milliseconds > 0x7fff_ffff ? undefined : setTimeout(wake, milliseconds);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
