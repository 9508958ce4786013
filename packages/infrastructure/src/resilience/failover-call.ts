import { type Attempt, type CallOptions, type ChatEvent, type ChatException, type ChatRequest, isChatException } from "@chatport/domain";
import type { AttemptSequence } from "./attempt-sequence.js";
import { OverallDeadline } from "./overall-deadline.js";
import type { MemberModel } from "./provider-group.js";
import { attemptOf, attemptsOf, everyAttempt, withAttempts } from "./with-attempts.js";
import type { FallbackOptions } from "./with-fallback.js";

/** What a call needs to know. */
export interface FailoverPlan {
  readonly request: ChatRequest;
  /** Who is asked, in this order. */
  readonly candidates: readonly MemberModel[];
  /** The codes that the next candidate is asked for. */
  readonly codes: ReadonlySet<string>;
  readonly options: FallbackOptions;
  readonly callOptions: CallOptions;
}

/** One call over several providers: who is next, who failed so far, and what is left of the time. */
export class FailoverCall implements AttemptSequence {
  readonly #plan: FailoverPlan;
  readonly #deadline: OverallDeadline;
  readonly #failures: Attempt[] = [];
  #position = 0;

  constructor(plan: FailoverPlan) {
    this.#plan = plan;
    this.#deadline = new OverallDeadline(plan.callOptions, plan.options.overallMs);
  }

  get hasFailures(): boolean {
    return this.#failures.length > 0;
  }

  get aborted(): boolean {
    return this.#plan.callOptions.signal?.aborted ?? false;
  }

  open(): AsyncIterable<ChatEvent> {
    const { request, candidates, callOptions } = this.#plan;
    callOptions.signal?.throwIfAborted();
    const candidate = candidates[this.#position];
    if (candidate === undefined) throw new RangeError("There is no further provider.");
    const { model: _model, ...rest } = request;
    const asked = candidate.model === undefined ? rest : { ...rest, model: candidate.model };
    return candidate.member.stream(asked, this.#deadline.optionsOfNext());
  }

  /** Makes room for the next candidate. Never waits: another provider knows nothing of this one's troubles. */
  async recover(error: unknown): Promise<void> {
    this.#plan.callOptions.signal?.throwIfAborted();
    if (!isChatException(error) || !this.#movesOnAfter(error)) throw this.describe(error);
    const failure = this.#record(error);
    if (this.#position + 1 >= this.#plan.candidates.length || this.#deadline.isOver) throw this.#verdict(failure);
    this.#position += 1;
    this.#plan.callOptions.onAttempt?.(failure);
    this.#plan.options.onAttempt?.(failure);
  }

  describe(error: unknown): unknown {
    if (!isChatException(error) || this.#failures.length === 0 || this.aborted) return error;
    return withAttempts(error, [...everyAttempt(this.#failures), ...attemptsOf(error)]);
  }

  #movesOnAfter({ code }: ChatException): boolean {
    return code === "unsupported" || this.#plan.codes.has(code);
  }

  #record(exception: ChatException): Attempt {
    const failure = attemptOf(this.#plan.candidates[this.#position]?.member.name ?? exception.provider, exception);
    this.#failures.push(failure);
    return failure;
  }

  /** What the last failure ends the call with. That one provider cannot express the request says less than why another, which can, did not answer. */
  #verdict(last: Attempt): ChatException {
    const told =
      last.exception.code === "unsupported" ? (this.#failures.findLast(({ exception }) => exception.code !== "unsupported") ?? last) : last;
    const attempts = everyAttempt(this.#failures, told);
    return attempts.length === 0 ? told.exception : withAttempts(told.exception, attempts);
  }
}
