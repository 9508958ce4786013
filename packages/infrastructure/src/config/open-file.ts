import { closeSync, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { open } from "node:fs/promises";

/** A file that is open for reading. */
export interface OpenFile extends AsyncDisposable {
  stat(): Stats | Promise<Stats>;
  /** Reads on, into the buffer from an offset; returns how many bytes came, 0 at the end. */
  read(buffer: Uint8Array, offset: number): number | Promise<number>;
}

/**
 * Opens a regular file to be read in this thread. Handing a few KB to the thread pool takes ten times as long as reading them, and a program reads its
 * configuration before it does anything else.
 */
export function openHere(path: string, flags: string | number): OpenFile {
  const file = openSync(path, flags);
  return {
    stat: () => fstatSync(file),
    read: (buffer, offset) => readSync(file, buffer, offset, buffer.length - offset, null),
    [Symbol.asyncDispose]: () => Promise.resolve(closeSync(file)),
  };
}

/** Opens what may be a pipe, which its writer makes wait: whoever waits can still be interrupted. */
export async function openPatiently(path: string, flags: string | number): Promise<OpenFile> {
  const file = await open(path, flags);
  return {
    stat: () => file.stat(),
    read: async (buffer, offset) => (await file.read(buffer, offset, buffer.length - offset)).bytesRead,
    [Symbol.asyncDispose]: () => file.close(),
  };
}
