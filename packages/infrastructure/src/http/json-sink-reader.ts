import type { Json } from "@chatport/domain";
import { malformed } from "./answer-failure.js";
import type { AnswerInterpreter, SoFar } from "./answer-reader.js";
import type { FailureContext } from "./failure.js";
import type { JsonEventSink } from "./json-sink.js";

/** Once the server has said why the answer ended, little can follow: a server that leaves its end marker out is not waited for much longer. */
const patienceAfterFinishMs = 10_000;

/** What all readers of a vendor's JSON have in common, however the body frames it: the sink, and how far the answer is. */
export abstract class JsonSinkReader implements AnswerInterpreter {
  protected readonly sink: JsonEventSink;
  protected readonly failure: () => FailureContext;
  #finished = false;
  #eventCount = 0;

  constructor(sink: JsonEventSink, failure: () => FailureContext) {
    this.sink = sink;
    this.failure = failure;
  }

  abstract feed(bytes: Uint8Array): void;
  abstract end(): void;

  get finished(): boolean {
    return this.#finished;
  }

  get eventCount(): number {
    return this.#eventCount;
  }

  get patienceMs(): number | undefined {
    return this.sink.hasFinishReason && this.sink.mayGoOn !== true ? patienceAfterFinishMs : undefined;
  }

  get soFar(): SoFar {
    return this.sink.soFar;
  }

  /** Takes one event. */
  protected takeJson(value: Json, name: string | undefined, text: string): void {
    if (this.sink.onJson(value, name, text)) this.#eventCount++;
    this.#finishIfEnded();
  }

  /** Takes data that is no JSON; returns whether the sink knows it. */
  protected takeMarker(data: string): boolean {
    if (this.sink.onMarker?.(data) !== true) return false;
    this.#finishIfEnded();
    return true;
  }

  /** Takes a whole document in place of events: the answer. */
  protected takeDocument(value: Json, text: string): void {
    this.#eventCount++;
    this.sink.onDocument(value, text);
    this.finish();
  }

  /** The answer is complete. */
  protected finish(): void {
    this.sink.finish();
    this.#finished = true;
  }

  protected tooLarge(what: string): never {
    throw malformed(`The answer is too large: ${what}`, "", false, this.failure());
  }

  #finishIfEnded(): void {
    if (this.sink.hasEnded) this.finish();
  }
}
