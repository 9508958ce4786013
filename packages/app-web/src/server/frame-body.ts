import { type ChatEvent, isChatException } from "@chatport/domain";
import type { ChatFrame, ErrorFrame } from "../chat-frame.js";

export interface FrameBodyOptions {
  /** After this much silence an empty line is sent, in milliseconds. */
  readonly heartbeatMs: number;
  /** Aborted once the client has gone: what a read fails with from then on is no fault, and nobody is left to hear of it. */
  readonly departure: AbortSignal;
  /** Told of a fault that is no {@link isChatException | ChatException}, and so is no news of a provider. */
  readonly onFault: (error: unknown) => void;
}

/** An answer as a response's body. It is read as fast as the client reads, and what ends it early becomes an error frame, never a clean end. */
export function frameBody(events: AsyncIterable<ChatEvent>, options: FrameBodyOptions): ReadableStream<Uint8Array> {
  const { heartbeatMs, departure, onFault } = options;
  const iterator = events[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let pending: Promise<IteratorResult<ChatEvent>> | undefined;
  let isCancelled = false;
  const hasLeft = (): boolean => isCancelled || departure.aborted;
  return new ReadableStream({
    async pull(controller) {
      const send = (line: string): void => controller.enqueue(encoder.encode(line));
      try {
        pending ??= iterator.next();
        const result = await within(pending, heartbeatMs);
        // A cancelled body is closed already.
        if (hasLeft()) return;
        if (result === undefined) return send("\n");
        pending = undefined;
        if (result.done === true) controller.close();
        else send(lineOf(result.value));
      } catch (error) {
        if (hasLeft()) return;
        if (!isChatException(error) && !(error instanceof ShutdownException)) onFault(error);
        send(lineOf(errorFrame(error)));
        controller.close();
      }
    },
    async cancel() {
      isCancelled = true;
      // The pending read ends with the request's signal, and nobody is left to hear how.
      pending?.catch(() => {});
      await iterator.return?.();
    },
  });
}

/** Why answers end when the server is told to stop and they take too long. */
export class ShutdownException extends Error {
  constructor() {
    super("The server was stopped before the answer was complete.");
    this.name = "ShutdownException";
  }
}

function lineOf(frame: ChatFrame): string {
  return `${JSON.stringify(frame)}\n`;
}

function errorFrame(error: unknown): ErrorFrame {
  if (isChatException(error)) {
    const { code, message, retryable, retryAfterMs } = error;
    return { type: "error", code, message, retryable, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
  if (error instanceof ShutdownException) return { type: "error", code: "shutdown", message: error.message, retryable: true };
  return { type: "error", code: "internal", message: "The server failed; its terminal says more.", retryable: false };
}

/** The promise's value, or undefined when it takes longer; the promise stays pending then. */
async function within<Value>(promise: Promise<Value>, milliseconds: number): Promise<Value | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([promise, silence]);
  } finally {
    clearTimeout(timer);
  }
}
