import { type ChatEvent, type ChatProvider, NetworkException } from "../../../src/index.js";
import { like } from "../fake-harness.js";
import { altering, type BrokenProvider, iterating, once, wrapped } from "./broken-provider.js";

/** The cases that abort a signal. */
const everyAbort: BrokenProvider["breaks"] = [
  "cancel/before-start",
  "cancel/before-headers",
  "cancel/before-first-token",
  "cancel/between-deltas",
  "cancel/whole",
  "cancel/while-consumer-holds",
  "cancel/never-complete",
  "cancel/held-events",
  "usage/before-abort",
  "usage/held-at-abort",
];

/** Rule 4: signals. */
export const brokenCancelling: readonly BrokenProvider[] = [
  ignoring("does not look at a signal before it sends", ["cancel/before-start"], (signal) => (signal.aborted ? undefined : signal)),
  ignoring("never looks at the signal", everyAbort, () => undefined),
  wrapped(
    "looks at the signal only once something has come",
    ["cancel/before-start", "cancel/before-headers", "cancel/before-first-token", "cancel/whole", "cancel/leaves-no-listener"],
    (fake) => listeningFrom(fake, "message-start"),
  ),
  wrapped(
    "looks at the signal only until text comes",
    ["cancel/between-deltas", "cancel/while-consumer-holds", "cancel/never-complete", "usage/before-abort", "usage/held-at-abort"],
    (fake) => listeningUntilText(fake),
  ),
  wrapped(
    "looks at the signal only between reads",
    [
      "cancel/before-headers",
      "cancel/before-first-token",
      "cancel/between-deltas",
      "cancel/whole",
      "cancel/while-consumer-holds",
      "cancel/held-events",
      "usage/held-at-abort",
    ],
    (fake) =>
      like(fake, {
        stream: (request, { signal, ...options } = {}) => {
          const events = fake.stream(request, options)[Symbol.asyncIterator]();
          const next = async (): Promise<IteratorResult<ChatEvent>> => {
            signal?.throwIfAborted();
            return await events.next();
          };
          return once({ ...events, next });
        },
      }),
  ),
  wrapped("ignores the signal of a whole answer", ["cancel/whole"], (fake) =>
    like(fake, {
      stream: (request, { signal, ...options } = {}) =>
        fake.stream(request, options.delivery === "whole" || !signal ? options : { ...options, signal }),
    }),
  ),
  wrapped("takes an abort for the end of the stream", everyAbort, (fake) =>
    like(fake, {
      stream: (request, options) => {
        const events = fake.stream(request, options)[Symbol.asyncIterator]();
        const next = (): Promise<IteratorResult<ChatEvent>> =>
          events.next().catch((error: unknown) => {
            if (options?.signal?.aborted) return { done: true, value: undefined };
            throw error;
          });
        return once({ ...events, next });
      },
    }),
  ),
  iterating("listens to the signal for good", ["cancel/leaves-no-listener"], (_events, { options }) => {
    options.signal?.addEventListener("abort", () => {});
    return {};
  }),
  altering("wraps the abort's reason", everyAbort, (_request, { signal }) => ({
    error: (error) => (signal?.aborted ? new NetworkException("network", "Aborted.", { provider: "fake", cause: error }) : error),
  })),
];

function ignoring(fault: string, breaks: BrokenProvider["breaks"], keep: (signal: AbortSignal) => AbortSignal | undefined): BrokenProvider {
  return wrapped(fault, breaks, (fake) =>
    like(fake, {
      stream: (request, { signal, ...options } = {}) => {
        const kept = signal && keep(signal);
        return fake.stream(request, kept ? { ...options, signal: kept } : options);
      },
    }),
  );
}

/** Looks at the caller's signal from the first event of this type on. */
function listeningFrom(fake: ChatProvider, type: ChatEvent["type"]): ChatProvider {
  return like(fake, {
    stream: (request, { signal, ...options } = {}) => {
      const inner = new AbortController();
      const events = fake.stream(request, { ...options, signal: inner.signal })[Symbol.asyncIterator]();
      const link = (): void => inner.abort(signal?.reason);
      const next = async (): Promise<IteratorResult<ChatEvent>> => {
        const result = await events.next();
        if (!result.done && result.value.type === type) {
          if (signal?.aborted) link();
          else signal?.addEventListener("abort", link);
        }
        return result;
      };
      return once({ ...events, next });
    },
  });
}

/** Forgets the caller's signal with the first text. */
function listeningUntilText(fake: ChatProvider): ChatProvider {
  return like(fake, {
    stream: (request, { signal, ...options } = {}) => {
      const inner = new AbortController();
      const link = (): void => inner.abort(signal?.reason);
      if (signal?.aborted) link();
      else signal?.addEventListener("abort", link);
      const events = fake.stream(request, { ...options, signal: inner.signal })[Symbol.asyncIterator]();
      const next = async (): Promise<IteratorResult<ChatEvent>> => {
        const result = await events.next();
        if (!result.done && result.value.type === "text-delta") signal?.removeEventListener("abort", link);
        return result;
      };
      return once({ ...events, next });
    },
  });
}
