/** A body whose pieces a test hands over one at a time, and which notes what became of it. */
export interface ManualBody {
  readonly response: Response;
  /** Hands one piece over, as soon as it is read. */
  send(text: string): void;
  end(): void;
  break(error: unknown): void;
  /** Why the reader cancelled; undefined while it has not. */
  readonly cancelled: () => unknown;
}

export function manualBody(init: ResponseInit = {}): ManualBody {
  const encoder = new TextEncoder();
  let cancelled: unknown;
  let open: ReadableStreamDefaultController<Uint8Array> | undefined;
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      open = controller;
    },
    cancel: (reason: unknown) => {
      cancelled = reason ?? "no reason";
    },
  });
  return {
    response: new Response(stream, init),
    send: (text) => open?.enqueue(encoder.encode(text)),
    end: () => open?.close(),
    break: (error) => open?.error(error),
    cancelled: () => cancelled,
  };
}
