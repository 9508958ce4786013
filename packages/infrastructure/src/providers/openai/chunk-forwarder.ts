import type { SoFar } from "../../http/answer-reader.js";
import type { FailureContext } from "../../http/failure.js";
import { mintId } from "../../http/mint-id.js";
import type { UsualChunk } from "./chunk-guard.js";
import type { ChunkSink } from "./chunk-reader.js";
import type { ChatCompletionChunk } from "./models.js";
import { ChunkInterpreter } from "./openai-response.js";

/** Hands chunks on as they are. Reads along, so that an exception tells what had arrived here too. */
export class ChunkForwarder implements ChunkSink {
  readonly #emit: (chunk: ChatCompletionChunk) => void;
  readonly #reader: ChunkInterpreter;

  constructor(failure: () => FailureContext, emit: (chunk: ChatCompletionChunk) => void) {
    this.#emit = emit;
    this.#reader = new ChunkInterpreter({ failure, model: "unknown", mintId }, () => undefined);
  }

  get hasFinishReason(): boolean {
    return this.#reader.hasFinishReason;
  }

  get mayGoOn(): boolean {
    return this.#reader.mayGoOn;
  }

  get soFar(): SoFar {
    return this.#reader.soFar;
  }

  accept(chunk: ChatCompletionChunk, whole: boolean): void {
    this.#reader.accept(chunk, whole);
    this.#emit(chunk);
  }

  acceptUsual(chunk: UsualChunk): void {
    this.#reader.acceptUsual(chunk);
    this.#emit(chunk);
  }

  finish(): void {
    this.#reader.finish();
  }
}
