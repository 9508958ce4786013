import { type ChatEvent, type Deadlines, type Secret, textOf } from "@chatport/domain";
import { AnswerReader, type Reading, type ReadOptions as AnswerReadOptions, type ResponseSource } from "../../http/answer-reader.js";
import type { FailureContext } from "../../http/failure.js";
import { interpretJsonEvents } from "../../http/json-event-stream.js";
import type { Limits } from "../../http/limits.js";
import { mintId } from "../../http/mint-id.js";
import { createRedactor } from "../../http/redaction.js";
import { ChunkForwarder } from "./chunk-forwarder.js";
import { ChunkReader, type ChunkSink } from "./chunk-reader.js";
import type { ChatCompletionChunk } from "./models.js";
import { openAICodeOf } from "./openai-exception.js";
import { ChunkInterpreter } from "./openai-response.js";

export type { ResponseSource } from "../../http/answer-reader.js";

export interface StreamingHandlerOptions {
  /** The provider's name in exceptions. Default `"openai"`. */
  readonly provider?: string;
  /** The model to tell in `message-start` where the server does not say which model answers. Default `"unknown"`. */
  readonly model?: string;
  /** See {@link Limits} for units and defaults. */
  readonly limits?: Partial<Limits>;
  /** See `Deadlines` for units and defaults. */
  readonly deadlines?: Partial<Deadlines>;
  /** Taken out of every text of an exception, also where the server echoes them. */
  readonly secrets?: readonly Secret[];
  /** Where the requests go: for the messages of exceptions, and to mark opaque state with the server that made it. */
  readonly url?: string;
}

/** The options of a call that concern its reading. */
export interface ReadOptions extends AnswerReadOptions {
  /** The model that was asked for. Default: the handler's own. */
  readonly model?: string;
}

/**
 * Reads streamed answers of the Chat Completions API: body bytes -> server-sent events -> JSON -> validated chunks -> the port's events. Everything that it
 * gives is lazy and single-use, keeps the completion contract, and cancels the request when reading ends early.
 */
export class StreamingHandler {
  readonly #model: string;
  readonly #origin: string | undefined;
  readonly #reader: AnswerReader;

  /** @param reader reads in place of one that is made from the options */
  constructor(options: StreamingHandlerOptions = {}, reader: AnswerReader = readerOf(options)) {
    const { model = "unknown", url } = options;
    this.#model = model;
    this.#origin = url === undefined ? undefined : new URL(url).origin;
    this.#reader = reader;
  }

  /** The answer as the port's events. @throws {ChatException} from `next()`, with what had arrived; or the signal's reason. */
  events(source: ResponseSource, options: ReadOptions = {}): AsyncIterable<ChatEvent> {
    const model = options.model ?? this.#model;
    const origin = this.#origin;
    return this.#reader.events(
      source,
      options,
      chunksInto((failure, emit) => new ChunkInterpreter({ failure, model, mintId, origin }, emit)),
    );
  }

  /** The answer as the API's own chunks. @throws {ChatException} from `next()`; or the signal's reason. */
  chunks(source: ResponseSource, options: ReadOptions = {}): AsyncIterable<ChatCompletionChunk> {
    const interpret = chunksInto<ChatCompletionChunk>((failure, emit) => new ChunkForwarder(failure, emit));
    return this.#reader.read(source, options, { interpret });
  }

  /** The answer's text as it is generated: plain strings that concatenate to the whole text. */
  text(source: ResponseSource, options: ReadOptions = {}): AsyncIterable<string> {
    return textOf(this.events(source, options));
  }
}

function readerOf({ provider = "openai", secrets = [], limits, deadlines, url }: StreamingHandlerOptions): AnswerReader {
  const failure = { provider, redact: createRedactor(secrets), codeOf: openAICodeOf, ...(url !== undefined && { url }) };
  return new AnswerReader({ failure, limits, deadlines });
}

type CreateSink<Output> = (failure: () => FailureContext, emit: (output: Output) => void) => ChunkSink;

function chunksInto<Output>(createSink: CreateSink<Output>): Reading<Output>["interpret"] {
  return interpretJsonEvents<Output>((failure, emit) => new ChunkReader(createSink(failure, emit), failure));
}
