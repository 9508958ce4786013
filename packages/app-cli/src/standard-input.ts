import { fstatSync } from "node:fs";
import { isatty } from "node:tty";

/** What standard input is, without reading from it. */
export function standardInputKind(): StandardInputKind {
  if (isatty(0)) return "terminal";
  try {
    const status = fstatSync(0);
    if (status.isFIFO()) return "pipe";
    if (status.isSocket()) return "socket";
    return status.isFile() ? "file" : "closed";
  } catch {
    return "closed";
  }
}

export interface ReadingOptions {
  readonly signal: AbortSignal;
  /** Called when nothing has come for `silentMs`. Returns true to go on waiting, false to go on without an input. */
  readonly onSilence: () => boolean;
  readonly silentMs: number;
}

/**
 * Reads standard input to its end, as UTF-8.
 *
 * @throws `signal.reason` once aborted; what reading fails with; an error when there is more than 32 MiB.
 */
export function readStandardInput(input: NodeJS.ReadStream, options: ReadingOptions): Promise<string> {
  const { signal, onSilence, silentMs } = options;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (): void => {
      clearTimeout(silence);
      signal.removeEventListener("abort", onAbort);
      input.off("data", onData).off("end", onEnd).off("error", onError);
    };
    // An input that was not read to its end would keep the process alive.
    const fail = (error: unknown): void => {
      finish();
      input.destroy();
      reject(error);
    };
    const onAbort = (): void => fail(signal.reason);
    const onError = (error: Error): void => fail(error);
    const onData = (chunk: Buffer): void => {
      clearTimeout(silence);
      size += chunk.length;
      chunks.push(chunk);
      if (size > standardInputLimit) fail(new Error(`Standard input is larger than ${standardInputLimit / 1024 / 1024} MiB.`));
    };
    const onEnd = (): void => {
      finish();
      resolve(new TextDecoder().decode(Buffer.concat(chunks)));
    };
    const silence = setTimeout(() => {
      if (onSilence()) return;
      finish();
      input.destroy();
      resolve("");
    }, silentMs);
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort);
    input.on("data", onData).on("end", onEnd).on("error", onError);
  });
}

/** What stands behind standard input. `closed` never holds a prompt: /dev/null, a closed descriptor, a device. */
type StandardInputKind = "terminal" | "pipe" | "socket" | "file" | "closed";

/** The most that is read from standard input, in bytes: far more than a model can take. */
const standardInputLimit = 32 * 1024 * 1024;
