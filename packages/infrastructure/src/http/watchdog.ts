import type { Deadlines, TimeoutPhase } from "@chatport/domain";

/** A deadline passed. Internal to the adapters: consumers get a `NetworkException` with the code `timeout`. */
export class DeadlinePassed extends Error {
  readonly phase: TimeoutPhase;
  readonly afterMs: number;

  constructor(phase: TimeoutPhase, afterMs: number) {
    super(`${phase} deadline of ${afterMs} ms passed`);
    this.phase = phase;
    this.afterMs = afterMs;
  }
}

const longestTimer = 2 ** 31 - 1;

/** A timer that fires this much late, in milliseconds, does so because the process was busy. */
const busyMs = 10;
/** The most that a busy process is given to read what came in the meantime, in milliseconds. */
const mostForgivenMs = 100;

/**
 * Watches the deadlines of one call. Only time that is spent waiting counts: between `arrived()` and the next `wait()` the clock stands still, so a slow
 * consumer never trips it; and a process that was too busy to run its timers gets, once for each deadline, as long again to hear what the server has said
 * meanwhile. One timer serves many reads: it is armed for the earliest moment at which a deadline could pass, and looks again when it fires.
 */
export class Watchdog {
  readonly #deadlines: Deadlines;
  readonly #expired: (passed: DeadlinePassed) => void;
  #phase: "headers" | "first-token" | "idle" = "headers";
  #limitMs: number;
  #waitedMs = 0;
  #totalWaitedMs: number;
  #waitingSince: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dueAt = 0;
  readonly #forgiven = new Set<TimeoutPhase>();

  /** @param spentMs how much of the total deadline is over already, in milliseconds */
  constructor(deadlines: Deadlines, expired: (passed: DeadlinePassed) => void, spentMs = 0) {
    this.#deadlines = deadlines;
    this.#expired = expired;
    this.#limitMs = deadlines.headersMs;
    this.#totalWaitedMs = spentMs;
  }

  /** The headers are here: the first event is next. */
  headersArrived(): void {
    if (this.#phase !== "headers") return;
    this.#enter("first-token", this.#deadlines.firstTokenMs);
  }

  /** An event arrived. `mostMs` shortens the wait for the next one. */
  eventArrived(mostMs: number = Infinity): void {
    const limitMs = Math.min(this.#deadlines.idleMs, mostMs);
    if (this.#phase === "idle" && limitMs === this.#limitMs) this.#waitedMs = 0;
    else this.#enter("idle", limitMs);
  }

  /** A read begins. */
  wait(): void {
    this.#waitingSince = performance.now();
    if (this.#timer === undefined) this.#arm();
  }

  /** The read ended. */
  arrived(): void {
    if (this.#waitingSince === undefined) return;
    const waited = performance.now() - this.#waitingSince;
    this.#waitingSince = undefined;
    this.#waitedMs += waited;
    this.#totalWaitedMs += waited;
  }

  /** The call is over. */
  stop(): void {
    this.#waitingSince = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #enter(phase: "first-token" | "idle", limitMs: number): void {
    this.#phase = phase;
    this.#limitMs = limitMs;
    this.#waitedMs = 0;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waitingSince !== undefined) {
      this.#totalWaitedMs += performance.now() - this.#waitingSince;
      this.wait();
    }
  }

  #arm(): void {
    const leftMs = Math.min(this.#limitMs - this.#waitedMs, this.#deadlines.totalMs - this.#totalWaitedMs);
    if (leftMs === Infinity) return;
    this.#set(Math.min(Math.max(leftMs, 0), longestTimer));
  }

  #set(ms: number): void {
    this.#dueAt = performance.now() + ms;
    this.#timer = setTimeout(() => this.#look(), ms);
  }

  #look(): void {
    this.#timer = undefined;
    if (this.#waitingSince === undefined) return;
    const now = performance.now();
    this.#waitedMs += now - this.#waitingSince;
    this.#totalWaitedMs += now - this.#waitingSince;
    this.#waitingSince = now;
    // Timers may fire up to a millisecond early.
    const isTotalOver = this.#totalWaitedMs >= this.#deadlines.totalMs - 1;
    if (!isTotalOver && this.#waitedMs < this.#limitMs - 1) return this.#arm();
    const phase = isTotalOver ? "total" : this.#phase;
    const lateMs = now - this.#dueAt;
    // Once: a process that stays busy would forgive a server that never says a word for as long as that goes on sending bytes.
    if (lateMs > busyMs && !this.#forgiven.has(phase)) {
      this.#forgiven.add(phase);
      this.#set(Math.min(lateMs, mostForgivenMs));
    } else {
      this.#expired(new DeadlinePassed(phase, isTotalOver ? this.#deadlines.totalMs : this.#limitMs));
    }
  }
}
