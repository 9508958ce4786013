import type { ChatEvent } from "../../../src/index.js";
import { like } from "../fake-harness.js";
import { type BrokenProvider, once, wrapped } from "./broken-provider.js";

/** Laziness, single use, and rule 4 where the consumer leaves. */
export const brokenReading: readonly BrokenProvider[] = [
  wrapped("sends on stream()", ["lazy/nothing-before-next", "cancel/return-before-start"], (fake) =>
    like(fake, {
      stream: (request, options) => {
        const events = fake.stream(request, options)[Symbol.asyncIterator]();
        let first: Promise<IteratorResult<ChatEvent>> | undefined = events.next();
        first.catch(() => {});
        const next = (): Promise<IteratorResult<ChatEvent>> => {
          const result = first ?? events.next();
          first = undefined;
          return result;
        };
        return once({ ...events, next });
      },
    }),
  ),
  wrapped(
    "asks twice",
    [
      "lazy/nothing-before-next",
      "lazy/one-request",
      "lazy/single-use",
      "cancel/return-before-headers",
      "cancel/return-while-waiting",
      "unsupported/foreign-options",
      "concurrency/apart",
      "truncated/not-asked-again",
    ],
    (fake) =>
      like(fake, {
        stream: async function* (request, options) {
          const probe = fake.stream(request, options)[Symbol.asyncIterator]();
          await probe.next();
          await probe.return?.();
          yield* fake.stream(request, options);
        },
      }),
  ),
  wrapped("asks again when it is iterated again", ["lazy/single-use"], (fake) =>
    like(fake, { stream: (request, options) => ({ [Symbol.asyncIterator]: () => fake.stream(request, options)[Symbol.asyncIterator]() }) }),
  ),
  wrapped("is empty when it is iterated again", ["lazy/single-use"], (fake) =>
    like(fake, {
      stream: (request, options) => {
        const events = fake.stream(request, options)[Symbol.asyncIterator]();
        return { [Symbol.asyncIterator]: () => events };
      },
    }),
  ),
  wrapped(
    "does not hear that the loop was left",
    ["cancel/break", "cancel/return-before-headers", "cancel/return-while-waiting", "cancel/return-with-held-events"],
    (fake) =>
      like(fake, {
        stream: (request, options) => {
          const events = fake.stream(request, options)[Symbol.asyncIterator]();
          let left = false;
          const next = async (): Promise<IteratorResult<ChatEvent>> => (left ? { done: true, value: undefined } : await events.next());
          const leave = async (): Promise<IteratorResult<ChatEvent>> => {
            left = true;
            return { done: true, value: undefined };
          };
          return once({ next, return: leave });
        },
      }),
  ),
  wrapped("does not hear that it was left before it began", ["cancel/return-before-start"], (fake) =>
    like(fake, {
      stream: (request, options) => {
        const events = fake.stream(request, options)[Symbol.asyncIterator]();
        let begun = false;
        const next = (): Promise<IteratorResult<ChatEvent>> => {
          begun = true;
          return events.next();
        };
        const leave = async (): Promise<IteratorResult<ChatEvent>> => {
          if (begun) await events.return?.();
          return { done: true, value: undefined };
        };
        return once({ next, return: leave });
      },
    }),
  ),
  wrapped(
    "is a bare async generator, which hears return() only between reads",
    ["cancel/return-before-headers", "cancel/return-while-waiting"],
    (fake) =>
      like(fake, {
        stream: (request, options) => {
          const passOn = async function* (): AsyncGenerator<ChatEvent, void, undefined> {
            yield* fake.stream(request, options);
          };
          return once(passOn());
        },
      }),
  ),
];
