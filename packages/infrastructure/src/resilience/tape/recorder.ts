import type { CallOptions, ChatEvent, ChatProvider, ChatRequest, ModelInfo } from "@chatport/domain";
import type { Redact } from "../../http/redaction.js";
import { inTurns } from "../in-turns.js";
import { recordFailure } from "./recorded-failure.js";
import { redactedJson } from "./redacted-json.js";
import { redactedMoments } from "./redacted-moments.js";
import { requestHash, requestShape } from "./request-print.js";
import type { TapeAccess } from "./tape-access.js";
import { type TapeLine, type TapeMoment, tapeVersion } from "./tape-format.js";

/** Writes calls onto one tape, each in one piece when it is over, so that calls at the same time do not mix. */
export class Recorder {
  readonly #provider: ChatProvider;
  readonly #tape: TapeAccess;
  readonly #redact: Redact;
  #writing: Promise<void> = Promise.resolve();
  /** What has to stand before the next lines. */
  #opening: Promise<string> | undefined;

  /** @param redact takes secrets out of each text that is written; asked when a call is over, so that it may come to know more of them */
  constructor(provider: ChatProvider, tape: TapeAccess, redact: Redact) {
    this.#provider = provider;
    this.#tape = tape;
    this.#redact = redact;
  }

  /** Passes a call on. Its last event, or its error, comes when the tape holds the call; an error of the tape's own goes before. */
  record(request: ChatRequest, options: CallOptions): AsyncIterableIterator<ChatEvent, undefined> {
    const moments: TapeMoment[] = [];
    const startedAt = performance.now();
    const atMs = (): number => Math.round(performance.now() - startedAt);
    let events: AsyncIterator<ChatEvent> | undefined;
    let writing: Promise<void> | undefined;
    const writeCall = async (last: TapeMoment): Promise<void> => {
      const call = {
        type: "call",
        request: await requestHash(request),
        provider: this.#provider.name,
        shape: requestShape(request),
      } as const;
      await this.write([call, ...this.#recordable(() => redactedMoments([...moments, last], this.#redact))]);
    };
    // Once; whoever comes later waits for it, and is told of its failure, too.
    const write = (last: TapeMoment): Promise<void> => (writing ??= writeCall(last));
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

  /** Asks what models there are, and writes them down. */
  async models(ask: () => Promise<readonly ModelInfo[]>): Promise<readonly ModelInfo[]> {
    await this.#prepare();
    const models = await ask();
    await this.write([{ type: "models", models: [...models] }]);
    return models;
  }

  /** Adds lines, after a header where the tape is new. */
  async write(lines: readonly TapeLine[]): Promise<void> {
    const append = async (): Promise<void> => {
      const text = lines.map((line) => this.#line(line)).join("");
      const opening = await this.#prepare();
      try {
        await this.#tape.append(opening + text);
        this.#opening = Promise.resolve("");
      } catch (error) {
        // Nobody knows how the tape ends now: it is looked at again.
        this.#opening = undefined;
        throw error;
      }
    };
    const writing = this.#writing.then(append);
    // One failed write is its own call's failure, not the next one's.
    this.#writing = writing.catch(() => undefined);
    await writing;
  }

  #line(line: TapeLine): string {
    return `${this.#recordable(() => redactedJson(line, this.#redact))}\n`;
  }

  /** What this makes. @throws {ParseException} `malformed` for JSON that nests too deeply to go through it. */
  #recordable<Made>(make: () => Made): Made {
    try {
      return make();
    } catch (error) {
      throw error instanceof RangeError ? this.#tape.tooDeep() : error;
    }
  }

  /** Looks how the tape ends, until that is known. What is no tape is never written to, and nobody is asked what could not be recorded. */
  async #prepare(): Promise<string> {
    const opening = (this.#opening ??= this.#lookAtTape());
    try {
      return await opening;
    } catch (error) {
      // What could not be read now may be readable at the next call.
      if (this.#opening === opening) this.#opening = undefined;
      throw error;
    }
  }

  async #lookAtTape(): Promise<string> {
    const { text, lines } = await this.#tape.read();
    // A line that an earlier process did not finish must not run into the next one.
    const lineEnd = text === "" || text.endsWith("\n") ? "" : "\n";
    return lines.length > 0 ? lineEnd : lineEnd + this.#line({ type: "tape", version: tapeVersion });
  }
}
