import type { ChatEvent } from "@chatport/domain";
import type { AttemptSequence } from "./attempt-sequence.js";

/**
 * Reads attempts until one shows something visible, and is that attempt from then on: `next()` hands out its very promise. Written by hand, because a generator would add
 * promises and turns of the microtask queue to every event.
 */
export class AttemptIterator implements AsyncIterableIterator<ChatEvent, undefined> {
  readonly #begin: () => AttemptSequence;
  #call: AttemptSequence | undefined;
  #opening: Promise<void> | undefined;
  /** The latest attempt. */
  #attempt: AsyncIterator<ChatEvent> | undefined;
  /** The attempt that showed something visible, once all that was held before it has been handed out. */
  #live: AsyncIterator<ChatEvent> | undefined;
  #held: ChatEvent[] = [];
  #failure: { readonly error: unknown } | undefined;
  #closed = false;

  /** `begin` is called at the first `next()`. */
  constructor(begin: () => AttemptSequence) {
    this.#begin = begin;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<ChatEvent, undefined>> {
    if (this.#live !== undefined) {
      return this.#live.next();
    }
    this.#opening ??= this.#open();
    return this.#opening.then(() => this.#take());
  }

  async return(): Promise<IteratorResult<ChatEvent, undefined>> {
    this.#closed = true;
    this.#held = [];
    this.#failure = undefined;
    this.#call?.cancel?.();
    await this.#attempt?.return?.();
    return done;
  }

  async throw(error: unknown): Promise<IteratorResult<ChatEvent, undefined>> {
    await this.return();
    throw error;
  }

  /** Ends with something held, or a failure, or neither when the reader left. Never rejects: a failure is thrown by `#take`, once. */
  async #open(): Promise<void> {
    this.#call = this.#begin();
    try {
      while (!this.#closed && !(await this.#tryOnce(this.#call))) {
        // Until an attempt succeeds or `#tryOnce` throws what ends the call.
      }
    } catch (error) {
      this.#failure = { error };
    }
  }

  /** Whether the attempt showed something visible. When it did not, it is time for the next. */
  async #tryOnce(call: AttemptSequence): Promise<boolean> {
    try {
      this.#attempt = call.open()[Symbol.asyncIterator]();
      await this.#holdUntilVisible(this.#attempt);
      return true;
    } catch (error) {
      if (!this.#closed) {
        if (!call.aborted) {
          this.#held = [];
        }
        await call.recover(error);
      }
      return false;
    }
  }

  async #holdUntilVisible(attempt: AsyncIterator<ChatEvent>): Promise<void> {
    for (;;) {
      const result = await attempt.next();
      if (this.#closed || result.done) {
        return;
      }
      this.#held.push(result.value);
      if (result.value.type !== "message-start" && result.value.type !== "usage") {
        return;
      }
    }
  }

  async #take(): Promise<IteratorResult<ChatEvent, undefined>> {
    if (this.#call?.aborted) {
      // Nothing more is shown after an abort, but its reason cannot carry the usage, as an exception does.
      this.#held = this.#held.slice(0, this.#held.findLastIndex((event) => event.type === "usage") + 1);
    }
    const value = this.#held.shift();
    if (this.#held.length === 0 && this.#failure === undefined && !this.#closed) {
      this.#goLive();
    }
    if (value !== undefined) {
      return { done: false, value };
    }
    if (this.#failure !== undefined) {
      const { error } = this.#failure;
      this.#failure = undefined;
      this.#closed = true;
      throw error;
    }
    return this.#live?.next() ?? done;
  }

  #goLive(): void {
    const attempt = this.#attempt;
    const call = this.#call;
    this.#live = attempt && call && call.hasFailures ? describing(attempt, call) : attempt;
  }
}

/** After failed attempts, what the last one throws tells of them too: worth a promise more for every event. */
function describing(attempt: AsyncIterator<ChatEvent>, call: AttemptSequence): AsyncIterator<ChatEvent> {
  return {
    next: () =>
      attempt.next().catch((error: unknown) => {
        throw call.describe(error);
      }),
  };
}

const done = { done: true, value: undefined } as const;
