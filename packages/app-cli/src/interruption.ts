import { exitCodes } from "./exit-code.js";

/** Why a call was aborted: a signal, or a reader of the output that has gone. */
export class Interruption extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.name = "Interruption";
    this.exitCode = exitCode;
  }
}

/** Why a call is aborted when standard output takes no more: a reader or a terminal that has gone is nothing wrong; a full disk is. */
export function outputFailed(error: NodeJS.ErrnoException): Error {
  return error.code === "EPIPE" || error.code === "EIO" ? new Interruption("The output was closed.", exitCodes.success) : error;
}

/**
 * Turns Ctrl-C and SIGTERM into one call of `interrupt`. A second signal ends the process at once, for the case that the first one does not get through.
 *
 * @returns stops listening.
 */
export function listenForSignals(interrupt: (interruption: Interruption) => void): () => void {
  let first = true;
  const listeners = signals.map(([signal, exitCode]) => {
    const listener = (): void => {
      // The person asked twice.
      if (!first) process.exit(exitCode);
      first = false;
      interrupt(new Interruption(`Interrupted by ${signal}.`, exitCode));
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  return () => {
    for (const remove of listeners) remove();
  };
}

const signals = [
  ["SIGINT", exitCodes.interrupt],
  ["SIGTERM", exitCodes.terminate],
] as const;
