import { type CallOptions, type ChatEvent, type ChatRequest, type ModelInfo, NetworkException, RequestException } from "@chatport/domain";
import { type Pause, pause } from "../pause.js";
import { AnswerSoFar } from "./answer-so-far.js";
import { inTurns } from "../in-turns.js";
import { replayFailure } from "./recorded-failure.js";
import { requestHash } from "./request-print.js";
import type { TapeAccess } from "./tape-access.js";
import type { TapeLine, TapeMoment } from "./tape-format.js";

/** `instant`: as fast as it is read. `recorded`: with the waits that there were. */
export type TapePace = "instant" | "recorded";

/** Plays one tape. A request that was recorded several times gets its answers in their order, and then the last one again. */
export class Replayer {
  readonly #provider: string;
  readonly #tape: TapeAccess;
  readonly #pace: TapePace;
  readonly #played = new Map<string, number>();
  #content: Promise<TapeContent> | undefined;

  constructor(provider: string, tape: TapeAccess, pace: TapePace) {
    this.#provider = provider;
    this.#tape = tape;
    this.#pace = pace;
  }

  replay(request: ChatRequest, { signal }: CallOptions): AsyncIterableIterator<ChatEvent, undefined> {
    const soFar = new AnswerSoFar();
    const startedAt = performance.now();
    let moments: Iterator<TapeMoment, undefined> | undefined;
    let waiting: Pause | undefined;
    const step = async (hasLeft: () => boolean): Promise<IteratorResult<ChatEvent, undefined>> => {
      signal?.throwIfAborted();
      moments ??= (await this.#find(request)).values();
      // The reader left while the tape was read: there is nothing to wait for any more.
      if (hasLeft()) return { done: true, value: undefined };
      const { value: moment } = moments.next();
      if (moment !== undefined && this.#pace === "recorded") {
        waiting = pause(startedAt + moment.atMs - performance.now(), signal);
        await waiting.over;
      }
      signal?.throwIfAborted();
      const details = { provider: this.#provider, ...soFar.details };
      if (moment?.type === "failure") throw replayFailure(moment.failure, details);
      if (moment === undefined || moment.type === "left") {
        throw new NetworkException("truncated", moment === undefined ? cutCall : leftCall, details);
      }
      if (moment.type === "end") return { done: true, value: undefined };
      soFar.add(moment.event);
      return { done: false, value: moment.event };
    };
    const leave = (): Promise<void> => {
      waiting?.end();
      return Promise.resolve();
    };
    return inTurns({ step, leave });
  }

  /** The models that were recorded last. */
  async models({ signal }: CallOptions): Promise<readonly ModelInfo[]> {
    signal?.throwIfAborted();
    const { isThere, models } = await this.#load();
    if (models !== undefined) return models;
    throw new RequestException("not-found", isThere ? "The tape holds no list of models." : noTape, { provider: this.#provider });
  }

  async #find(request: ChatRequest): Promise<readonly TapeMoment[]> {
    const [{ isThere, calls }, hash] = await Promise.all([this.#load(), requestHash(request)]);
    const recorded = calls.get(hash) ?? [];
    const position = this.#played.get(hash) ?? 0;
    this.#played.set(hash, position + 1);
    const moments = recorded[position] ?? recorded.at(-1);
    if (moments !== undefined) return moments;
    const message = isThere
      ? `The tape holds no answer to this request (${hash.slice(0, 12)}); it holds ${amount(calls.size)}. Record it first.`
      : noTape;
    throw new RequestException("not-found", message, { provider: this.#provider });
  }

  /** Reads the tape once; one that cannot be read, or is not there, is looked for again at the next call. */
  async #load(): Promise<TapeContent> {
    const reading = (this.#content ??= this.#tape.read().then(({ lines }) => contentOf(lines)));
    const content = await reading.catch((error: unknown) => {
      this.#forget(reading);
      throw error;
    });
    if (!content.isThere) this.#forget(reading);
    return content;
  }

  #forget(reading: Promise<TapeContent>): void {
    if (this.#content === reading) this.#content = undefined;
  }
}

const noTape = "There is no such tape, or nothing has been recorded on it: its file is missing or empty. Record it first.";

const leftCall = "The tape ends here: the answer was not read any further when it was recorded.";
const cutCall = "The tape was cut here while the answer was written down. Record it again.";

function amount(others: number): string {
  if (others === 0) return "no other one";
  return others === 1 ? "another one" : `${others} others`;
}

interface TapeContent {
  /** Whether anything was ever written. */
  readonly isThere: boolean;
  /** By the request's hash, oldest first. */
  readonly calls: ReadonlyMap<string, readonly (readonly TapeMoment[])[]>;
  readonly models: readonly ModelInfo[] | undefined;
}

function contentOf(lines: readonly TapeLine[]): TapeContent {
  const calls = new Map<string, TapeMoment[][]>();
  let models: readonly ModelInfo[] | undefined;
  let current: TapeMoment[] = [];
  for (const line of lines) {
    if (line.type === "models") models = line.models;
    else if (line.type === "call") {
      current = [];
      // A call that was cut and then recorded again was one call to whoever asked.
      calls.set(line.request, [...(calls.get(line.request) ?? []).filter(isWhole), current]);
    } else if (line.type !== "tape") current.push(line);
  }
  return { isThere: lines.length > 0, calls, models };
}

/** Whether the tape says how a call ended. */
function isWhole(moments: readonly TapeMoment[]): boolean {
  return moments.length > 0 && moments.at(-1)?.type !== "event";
}
