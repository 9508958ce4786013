import type { Writable } from "node:stream";

/** Resolves when these streams have handed on all that was written to them, or can no longer. A reader that takes its time is waited for. */
export async function flushed(streams: readonly Writable[]): Promise<void> {
  await Promise.all(
    streams.map(
      (stream) =>
        new Promise<void>((resolve) => {
          // Called after what was written before, and with an error when the reader has gone.
          stream.write("", () => resolve());
        }),
    ),
  );
}
