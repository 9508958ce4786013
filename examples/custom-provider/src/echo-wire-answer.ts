import type { ChatEvent, FinishReason, Json } from "@chatport/domain";
import {
  AnswerAssembler,
  type FailureContext,
  failureInStream,
  isJsonObject,
  type JsonEventSink,
  malformed,
  type SoFar,
} from "@chatport/infrastructure/http";
import * as z from "zod/mini";

/** What one event may tell; a whole answer tells all of it in one document. What Echo Wire adds later is passed over. */
const pieceSchema = z.object({
  model: z.optional(z.string()),
  say: z.optional(z.string()),
  /** Tokens so far. */
  heard: z.optional(z.number()),
  said: z.optional(z.number()),
  /** Why the answer ended. */
  why: z.optional(z.string()),
});

/** Turns Echo Wire's events into the port's. Pure; what it throws ends the answer. */
export class EchoWireAnswer implements JsonEventSink {
  readonly #answer: AnswerAssembler;
  readonly #model: string;
  readonly #failure: () => FailureContext;
  #why: string | undefined;
  hasEnded = false;

  /** `model` is told in `message-start` where the server does not say which model answers. */
  constructor(model: string, failure: () => FailureContext, emit: (event: ChatEvent) => void) {
    this.#answer = new AnswerAssembler(emit);
    this.#model = model;
    this.#failure = failure;
  }

  get hasFinishReason(): boolean {
    return this.#why !== undefined;
  }

  get soFar(): SoFar {
    return this.#answer.soFar;
  }

  onJson(value: Json, _name: string | undefined, text: string): boolean {
    if (isJsonObject(value) && value["error"] !== undefined) throw failureInStream(value, this.#failure());
    const { data: piece } = pieceSchema.safeParse(value);
    if (piece === undefined) throw malformed("An event has the wrong shape", text, false, this.#failure());
    const { model = this.#model, say = "", heard, said, why } = piece;
    this.#answer.start(model, undefined);
    if (say !== "") this.#answer.text(say);
    if (heard !== undefined || said !== undefined) {
      this.#answer.reportUsage({ ...(heard !== undefined && { inputTokens: heard }), ...(said !== undefined && { outputTokens: said }) });
    }
    this.#why ??= why;
    return Object.keys(piece).length > 0;
  }

  onMarker(data: string): boolean {
    this.hasEnded = data === "bye";
    return this.hasEnded;
  }

  onDocument(value: Json, text: string): void {
    this.onJson(value, undefined, text);
    if (!isJsonObject(value) || value["say"] === undefined) throw malformed("That is no answer", text, false, this.#failure());
  }

  finish(): void {
    this.#answer.start(this.#model, undefined);
    this.#answer.finish(finishReasons.get(this.#why) ?? "other", this.#why);
  }
}

const finishReasons: ReadonlyMap<string | undefined, FinishReason> = new Map([
  ["done", "stop"],
  ["limit", "length"],
  ["filter", "content-filter"],
]);
