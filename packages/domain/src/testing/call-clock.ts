import { NetworkException, type TimeoutPhase } from "../chat-exception.js";
import type { Deadlines } from "../chat-provider.js";
import type { Sleep } from "./abortable-sleep.js";

/** The port's own defaults, as {@link Deadlines} documents them. */
const standard: Deadlines = { headersMs: 120_000, firstTokenMs: 300_000, idleMs: 120_000, totalMs: 1_800_000 };

/** The deadlines of one call. Only waiting counts, so a slow consumer never trips one. */
export class CallClock {
  readonly #deadlines: Deadlines;
  readonly #sleep: Sleep;
  readonly #signal: AbortSignal;
  readonly #provider: string;
  #phase: TimeoutPhase = "headers";
  #inPhase = 0;
  #inCall = 0;

  constructor(setup: {
    readonly deadlines: Partial<Deadlines>;
    readonly whole: boolean;
    readonly sleep: Sleep;
    readonly signal: AbortSignal;
    readonly provider: string;
  }) {
    const asked = { ...standard, ...setup.deadlines };
    // A whole answer has the total alone.
    this.#deadlines = setup.whole ? { headersMs: Infinity, firstTokenMs: Infinity, idleMs: Infinity, totalMs: asked.totalMs } : asked;
    this.#sleep = setup.sleep;
    this.#signal = setup.signal;
    this.#provider = setup.provider;
  }

  /** The call has come this far; the wait for what is next starts anew. */
  reach(phase: Exclude<TimeoutPhase, "total">): void {
    this.#phase = phase;
    this.#inPhase = 0;
  }

  /**
   * Waits for the server, or for good with `Infinity`.
   *
   * @throws {NetworkException} `timeout`, once a deadline passes; or the signal's reason.
   */
  async wait(milliseconds: number): Promise<void> {
    const phaseLeft = this.#limit() - this.#inPhase;
    const totalLeft = this.#deadlines.totalMs - this.#inCall;
    const left = Math.min(phaseLeft, totalLeft);
    await this.#sleep(Math.min(milliseconds, left), this.#signal);
    if (milliseconds > left) throw this.#timeout(totalLeft <= phaseLeft ? "total" : this.#phase);
    this.#inPhase += milliseconds;
    this.#inCall += milliseconds;
  }

  #limit(): number {
    switch (this.#phase) {
      case "headers":
        return this.#deadlines.headersMs;
      case "first-token":
        return this.#deadlines.firstTokenMs;
      default:
        return this.#deadlines.idleMs;
    }
  }

  #timeout(phase: TimeoutPhase): NetworkException {
    return new NetworkException("timeout", `The ${phase} deadline passed.`, { provider: this.#provider, phase });
  }
}
