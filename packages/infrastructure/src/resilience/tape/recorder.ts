import { type CallOptions, type ChatEvent, type ChatProvider, type ChatRequest, type ModelInfo, ParseException } from "@chatport/domain";
import type { Redact } from "../../http/redaction.js";
import { inTurns } from "./in-turns.js";
import { recordFailure } from "./recorded-failure.js";
import { redactedJson } from "./redacted-json.js";
import { redactedMoments } from "./redacted-moments.js";
import { requestHash, requestShape } from "./request-print.js";
import { parseTape, type TapeLine, type TapeMoment, tapeVersion } from "./tape-format.js";
import type { TapeStorage } from "./tape-storage.js";

/** Writes calls onto one tape, each in one piece when it is over, so that calls at the same time do not mix. */
export class Recorder {
  readonly #provider: ChatProvider;
  readonly #storage: TapeStorage;
  readonly #redact: Redact;
  #writing: Promise<void> = Promise.resolve();
  #isNew: Promise<boolean> | undefined;

  /** @param redact takes secrets out of each text that is written; asked when a call is over, so that it may come to know more of them */
  constructor(provider: ChatProvider, storage: TapeStorage, redact: Redact) {
    this.#provider = provider;
    this.#storage = storage;
    this.#redact = redact;
  }

  /** Passes a call on. Its last event, or its error, comes when the tape holds the call; an error of the tape's own goes before. */
  record(request: ChatRequest, options: CallOptions): AsyncIterableIterator<ChatEvent, undefined> {
    const moments: TapeMoment[] = [];
    const startedAt = performance.now();
    const atMs = (): number => Math.round(performance.now() - startedAt);
    let events: AsyncIterator<ChatEvent> | undefined;
    let written = false;
    const write = async (last: TapeMoment): Promise<void> => {
      if (written) return;
      written = true;
      const call = {
        type: "call",
        request: await requestHash(request),
        provider: this.#provider.name,
        shape: requestShape(request),
      } as const;
      await this.write([call, ...this.#recordable(() => redactedMoments([...moments, last], this.#redact))]);
    };
    const step = async (hasLeft: () => boolean): Promise<IteratorResult<ChatEvent, undefined>> => {
      if (events === undefined) await this.#prepare();
      if (hasLeft()) return { done: true, value: undefined };
      events ??= this.#provider.stream(request, options)[Symbol.asyncIterator]();
      const result = await events.next();
      // What a provider ends with because it was left is no end of its answer: who leaves writes that down.
      if (hasLeft()) return { done: true, value: undefined };
      if (result.done !== true) moments.push({ type: "event", atMs: atMs(), event: result.value });
      if (result.done === true || result.value.type === "message-end") await write({ type: "end", atMs: atMs() });
      return result.done === true ? { done: true, value: undefined } : result;
    };
    return inTurns({
      step: (hasLeft) =>
        step(hasLeft).catch(async (error: unknown) => {
          const aborted = hasLeft() || options.signal?.aborted === true;
          if (events !== undefined)
            await write(aborted ? { type: "left", atMs: atMs() } : { type: "failure", atMs: atMs(), failure: recordFailure(error) });
          throw error;
        }),
      leave: async () => {
        if (events === undefined) return;
        await events.return?.();
        await write({ type: "left", atMs: atMs() });
      },
    });
  }

  /** Writes down what models there were. */
  async models(models: readonly ModelInfo[]): Promise<readonly ModelInfo[]> {
    await this.write([{ type: "models", models: [...models] }]);
    return models;
  }

  /** Adds lines, after a header where the tape is new. */
  async write(lines: readonly TapeLine[]): Promise<void> {
    const append = async (): Promise<void> => {
      const isNew = await this.#prepare();
      const all: readonly TapeLine[] = isNew ? [{ type: "tape", version: tapeVersion }, ...lines] : lines;
      await this.#storage.append(all.map((line) => `${this.#recordable(() => redactedJson(line, this.#redact))}\n`).join(""));
      this.#isNew = Promise.resolve(false);
    };
    const writing = this.#writing.then(append);
    // One failed write is its own call's failure, not the next one's.
    this.#writing = writing.catch(() => undefined);
    await writing;
  }

  /** What this makes. @throws {ParseException} `malformed` for JSON that nests too deeply to go through it: it may have been read for all that. */
  #recordable<Made>(make: () => Made): Made {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new ParseException("malformed", "The answer nests too deeply to be recorded.", { provider: this.#provider.name });
    }
  }

  /** Whether the tape is empty. What is no tape is never written to, and nobody is asked what could not be recorded. */
  #prepare(): Promise<boolean> {
    this.#isNew ??= this.#storage.read().then((text) => parseTape(text, this.#provider.name).length === 0);
    return this.#isNew;
  }
}
