import type { CallOptions, ChatRequest } from "../chat-provider.js";

/** What became of a call. `cancelled`: by its signal, or because the consumer left. */
export type FakeCallOutcome = "running" | "completed" | "failed" | "cancelled";

/** One call that a FakeChatProvider took. */
export class FakeCall {
  readonly request: ChatRequest;
  readonly options: CallOptions;
  /** Resolves when the call is over: this is where an adapter's socket would be free. */
  readonly released: Promise<void>;
  #outcome: FakeCallOutcome = "running";
  #resolve: () => void = () => {};

  constructor(request: ChatRequest, options: CallOptions) {
    this.request = request;
    this.options = options;
    this.released = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  get outcome(): FakeCallOutcome {
    return this.#outcome;
  }

  /** Ends the call; the first outcome stands. */
  release(outcome: Exclude<FakeCallOutcome, "running">): void {
    if (this.#outcome !== "running") return;
    this.#outcome = outcome;
    this.#resolve();
  }
}
