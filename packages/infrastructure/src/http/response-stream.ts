import type { Deadlines } from "@chatport/domain";
import { type DeadlinePassed, Watchdog } from "./watchdog.js";

/** Turns the bytes of one body into outputs. Pure: it does no I/O, and what it throws is an exception for the consumer. */
export interface BodyInterpreter {
  /** Takes the next piece of the body. @throws {ChatException} when the body is broken or holds an error; what was emitted before stays delivered. */
  feed(bytes: Uint8Array): void;
  /** The body ended. @throws {ChatException} when it ended too early. */
  end(): void;
  /** True once nothing that follows counts: the end marker was read. */
  readonly finished: boolean;
  /** How many events have arrived; keep-alive comments are none. */
  readonly eventCount: number;
  /** How long to wait for the next event at most, in milliseconds, where the answer is complete but the body is not. Default: the idle deadline. */
  readonly patienceMs?: number | undefined;
}

/** What one streamed call needs. */
export interface ResponseStreamPlan<Output extends object> {
  readonly deadlines: Deadlines;
  /** How much of the total deadline is over already, in milliseconds. Default 0. */
  readonly spentMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Sends the request and resolves with a success. Tells of the headers when they are here, whatever the status. @throws {ChatException} for anything else. */
  open(signal: AbortSignal, headersArrived: () => void): Promise<Response>;
  /** Called in place of `open` when the call ends before it began: lets go of a response that was there already. */
  discard?(): void;
  /** Makes the interpreter of this response's body. */
  interpret(response: Response, emit: (output: Output) => void): BodyInterpreter;
  /** Turns what opening, reading or interpreting threw ({@link DeadlinePassed} among it) into the exception that the consumer gets. */
  fail(error: unknown): unknown;
  /** True for outputs that an abort does not take back: what a provider reported of tokens. */
  outlivesAbort?(output: Output): boolean;
}

/** How long a body may take to end after its end marker before its connection is closed instead of reused, in milliseconds. */
const drainMs = 25;

/**
 * Reads one response as an async iterator: opens it at the first `next()`, parses one piece of the body at a time, and closes the socket whenever reading
 * ends early. Written by hand, because a generator (or two, stacked) costs more for each event than parsing it does.
 */
export class ResponseStream<Output extends object> implements AsyncIterableIterator<Output, undefined> {
  readonly #plan: ResponseStreamPlan<Output>;
  readonly #controller = new AbortController();
  readonly #watchdog: Watchdog;
  readonly #onAbort = (): void => this.#abort(this.#plan.signal?.reason);
  readonly #emit = (output: Output): void => void this.#queue.push(output);
  #state: "new" | "open" | "draining" | "done" = "new";
  #queue: Output[] = [];
  #head = 0;
  #bodyEnded = false;
  #failure: { readonly error: unknown } | undefined;
  #body: Body | undefined;
  #pulling: Promise<IteratorResult<Output, undefined>> | undefined;
  #draining: Promise<void> | undefined;
  #waiting: { readonly reject: (reason: unknown) => void; readonly endOfBody?: () => void } | undefined;

  constructor(plan: ResponseStreamPlan<Output>) {
    this.#plan = plan;
    this.#watchdog = new Watchdog(plan.deadlines, (passed) => this.#expire(passed), plan.spentMs);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Output, undefined>> {
    // Once the body is closed nobody listens to the signal any more, but what was read may wait here for long.
    if (this.#state === "done" && this.#plan.signal?.aborted === true) this.#abort(this.#plan.signal.reason);
    const head = this.#head;
    const value = head < this.#queue.length ? this.#queue[head] : undefined;
    if (value !== undefined) {
      this.#head = head + 1;
      return Promise.resolve({ done: false, value });
    }
    if (this.#pulling !== undefined) {
      const again = (): Promise<IteratorResult<Output, undefined>> => this.next();
      return this.#pulling.then(again, again);
    }
    if (this.#state !== "done") return (this.#pulling = this.#pull());
    if (this.#failure === undefined) return Promise.resolve({ done: true, value: undefined });
    const { error } = this.#failure;
    this.#failure = undefined;
    return Promise.reject(error);
  }

  /** Cancels the request and frees its socket; a pending `next()` ends. */
  async return(): Promise<IteratorResult<Output, undefined>> {
    this.#clearQueue();
    if (this.#draining !== undefined) await this.#draining;
    else this.#close(new DOMException("The consumer left.", "AbortError"));
    this.#failure = undefined;
    return { done: true, value: undefined };
  }

  /** What a consumer that delegates to this stream throws into it ends it like {@link return}. */
  async throw(error: unknown): Promise<IteratorResult<Output, undefined>> {
    await this.return();
    throw error;
  }

  async #pull(): Promise<IteratorResult<Output, undefined>> {
    this.#clearQueue();
    try {
      if (this.#state === "new") await this.#open();
      while (this.#body !== undefined && this.#state === "open" && this.#queue.length === 0) {
        this.#takePiece(this.#body, await this.#nextPiece(this.#body));
      }
      if (this.#queue.length === 0) await this.#draining;
    } catch (error) {
      // Whoever closed the stream has said why already; what the closing made the reader throw says nothing new.
      if (this.#state !== "done") {
        this.#close(error);
        this.#failure = { error: this.#plan.fail(error) };
      }
    } finally {
      this.#pulling = undefined;
    }
    // Not by way of `next()`, most times: a promise that resolves with a promise takes three turns of the microtask queue more, for every piece.
    const value = this.#state === "open" ? this.#queue[this.#head] : undefined;
    if (value === undefined) return this.next();
    // Of a piece with one event, which is usual, the array keeps its room.
    if (this.#queue.length === 1) this.#queue.pop();
    else this.#head++;
    return { done: false, value };
  }

  async #open(): Promise<void> {
    const { signal } = this.#plan;
    if (signal?.aborted === true) {
      this.#failure = { error: signal.reason };
      return this.#close(signal.reason);
    }
    this.#state = "open";
    signal?.addEventListener("abort", this.#onAbort, { once: true });
    const opening = this.#plan.open(this.#controller.signal, () => this.#watchdog.headersArrived());
    const response = await this.#waitFor(opening).catch((error: unknown) => {
      // A `fetch` that ignores its signal may still answer: nobody will read that body.
      opening.then((late) => late.body?.cancel()).catch(() => undefined);
      throw error;
    });
    this.#settled();
    // Who left between the answer and this line could not close what was not here yet.
    if (this.#controller.signal.aborted) return void response.body?.cancel().catch(() => undefined);
    // For those who do not tell.
    this.#watchdog.headersArrived();
    this.#body = { interpreter: this.#plan.interpret(response, this.#emit), reader: response.body?.getReader() };
  }

  #nextPiece({ reader }: Body): Promise<Piece> {
    return reader === undefined ? Promise.resolve(endOfBody) : this.#waitFor(reader.read(), endOfBody);
  }

  #takePiece({ interpreter }: Body, piece: Piece): void {
    this.#settled();
    if (this.#state !== "open") return;
    if (piece.done) {
      this.#bodyEnded = piece !== endOfBody;
      interpreter.end();
      return this.#close(complete());
    }
    const before = interpreter.eventCount;
    interpreter.feed(piece.value);
    if (interpreter.finished) this.#draining = this.#drain();
    else if (interpreter.eventCount !== before) this.#watchdog.eventArrived(interpreter.patienceMs);
  }

  /**
   * Waits for I/O in such a way that an abort, a deadline or a leaving consumer ends the wait at once, even where the I/O ignores its signal. Who waited says that
   * it is over with {@link #settled}; after a failure the stream closes, which says it, too.
   */
  #waitFor<Value>(io: Promise<Value>, atEnd?: Value): Promise<Value> {
    return new Promise<Value>((resolve, reject) => {
      this.#waiting = atEnd === undefined ? { reject } : { reject, endOfBody: () => resolve(atEnd) };
      this.#watchdog.wait();
      io.then(resolve, reject);
    });
  }

  #settled(): void {
    this.#waiting = undefined;
    this.#watchdog.arrived();
  }

  /** After the end marker: lets the body end by itself for a moment, so that its connection can be used again. */
  async #drain(): Promise<void> {
    this.#state = "draining";
    const timer = setTimeout(() => this.#close(complete()), drainMs);
    try {
      while (this.#state === "draining" && !this.#bodyEnded) this.#bodyEnded = (await this.#body?.reader?.read())?.done !== false;
    } catch {
      // The answer is complete: how its connection ends does not matter any more.
    } finally {
      clearTimeout(timer);
      this.#close(complete());
    }
  }

  #abort(reason: unknown): void {
    // An answer that has been delivered to its end stays a success, and a failure that has been thrown stays one.
    if (this.#state !== "open" && this.#head === this.#queue.length && this.#failure === undefined) return;
    const kept = this.#queue.slice(this.#head).filter((output) => this.#plan.outlivesAbort?.(output) === true);
    this.#clearQueue();
    this.#queue.push(...kept);
    this.#failure = { error: reason };
    this.#close(reason);
  }

  #expire(passed: DeadlinePassed): void {
    if (passed.phase === "idle" && this.#body?.interpreter.patienceMs !== undefined) this.#waiting?.endOfBody?.();
    else this.#waiting?.reject(passed);
  }

  #clearQueue(): void {
    if (this.#queue.length > 0) this.#queue.length = 0;
    this.#head = 0;
  }

  #close(reason: unknown): void {
    if (this.#state === "done") return;
    if (this.#state === "new") this.#plan.discard?.();
    this.#state = "done";
    this.#watchdog.stop();
    this.#plan.signal?.removeEventListener("abort", this.#onAbort);
    this.#waiting?.reject(reason);
    // A connection whose body has ended goes back to its pool; aborting could close it.
    if (this.#bodyEnded) return;
    this.#controller.abort(reason);
    this.#body?.reader?.cancel(reason).catch(() => undefined);
  }
}

interface Body {
  readonly interpreter: BodyInterpreter;
  /** Absent where the response has no body. */
  readonly reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
}

function complete(): DOMException {
  return new DOMException("The answer is complete.", "AbortError");
}

type Piece = ReadableStreamReadResult<Uint8Array>;

/** Stands for the end of a body that goes on. */
const endOfBody: Piece = { done: true, value: undefined };
