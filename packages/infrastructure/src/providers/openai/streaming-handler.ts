import { type CallOptions, type ChatEvent, type Deadlines, isChatException, type Secret, singleUse, textOf } from "@chatport/domain";
import { malformed, timedOut } from "../../http/answer-failure.js";
import { readErrorText } from "../../http/bounded-text.js";
import { deadlinesOf } from "../../http/deadlines.js";
import { type FailureContext, failureFromResponse, failureFromTransport } from "../../http/failure.js";
import { defaultLimits, type Limits } from "../../http/limits.js";
import { mintId } from "../../http/mint-id.js";
import { redactAnswer } from "../../http/redact-answer.js";
import { createRedactor } from "../../http/redaction.js";
import { requestIdOf } from "../../http/response-facts.js";
import { type BodyInterpreter, ResponseStream } from "../../http/response-stream.js";
import { DeadlinePassed } from "../../http/watchdog.js";
import { type ChunkSink, ChunkStream } from "./chunk-stream.js";
import type { ChatCompletionChunk } from "./models.js";
import { openAICodeOf } from "./openai-exception.js";
import { ChunkInterpreter } from "./openai-response.js";

/** Where an answer comes from: a response that is here already, or a function that asks for it, called when reading begins. */
export type ResponseSource = Response | ((signal: AbortSignal) => Promise<Response>);

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
  /** Where the requests go, for the messages of exceptions. */
  readonly url?: string;
}

/** The options of a call that concern its reading. */
export type ReadOptions = Pick<CallOptions, "signal" | "deadlines" | "delivery"> & {
  readonly model?: string;
  /** Called with the response when its headers are here. */
  readonly onResponse?: (response: Response) => void;
};

/**
 * Reads streamed answers of the Chat Completions API: body bytes -> server-sent events -> JSON -> validated chunks -> the port's events. Everything that it
 * gives is lazy and single-use, keeps the completion contract, and cancels the request when reading ends early.
 */
export class StreamingHandler {
  readonly #options: StreamingHandlerOptions;
  readonly #limits: Limits;
  readonly #failure: FailureContext;

  constructor(options: StreamingHandlerOptions = {}) {
    const { provider = "openai", secrets = [], limits, url } = options;
    this.#options = options;
    this.#limits = { ...defaultLimits, ...limits };
    this.#failure = { provider, redact: createRedactor(secrets), codeOf: openAICodeOf, ...(url !== undefined && { url }) };
  }

  /** The answer as the port's events. @throws {ChatException} from `next()`, with what had arrived; or the signal's reason. */
  events(source: ResponseSource, options: ReadOptions = {}): AsyncIterable<ChatEvent> {
    const { provider } = this.#failure;
    const model = options.model ?? this.#options.model ?? "unknown";
    return this.#answer(source, options, (emit) => new ChunkInterpreter({ provider, model, mintId }, emit), isUsage);
  }

  /** The answer as the API's own chunks. @throws {ChatException} from `next()`; or the signal's reason. */
  chunks(source: ResponseSource, options: ReadOptions = {}): AsyncIterable<ChatCompletionChunk> {
    return this.#answer(source, options, (emit) => new ChunkForwarder(emit));
  }

  /** The answer's text as it is generated: plain strings that concatenate to the whole text. */
  text(source: ResponseSource, options: ReadOptions = {}): AsyncIterable<string> {
    return textOf(this.events(source, options));
  }

  /** Any body of the same API, with the same care for deadlines, cancellation and exceptions. */
  read<Output extends object>(source: ResponseSource, options: ReadOptions, interpret: Interpret<Output>): AsyncIterable<Output> {
    return this.#read(source, options, interpret, () => ({}));
  }

  #answer<Output extends object>(
    source: ResponseSource,
    options: ReadOptions,
    createSink: (emit: (output: Output) => void) => Sink,
    outlivesAbort?: (output: Output) => boolean,
  ): AsyncIterable<Output> {
    let sink: Sink | undefined;
    const interpret: Interpret<Output> = (response, failure, emit) => {
      sink = createSink(emit);
      return new ChunkStream(response, this.#limits, sink, failure);
    };
    return this.#read(source, options, interpret, () => sink?.soFar ?? {}, outlivesAbort);
  }

  #read<Output extends object>(
    source: ResponseSource,
    { signal, deadlines, delivery, onResponse }: ReadOptions,
    interpret: Interpret<Output>,
    soFar: () => Sink["soFar"],
    outlivesAbort?: (output: Output) => boolean,
  ): AsyncIterable<Output> {
    let failure = this.#failure;
    const failureNow = (): FailureContext => ({ ...failure, ...redacted(soFar(), failure) });
    const open = async (controller: AbortSignal): Promise<Response> => {
      const response = typeof source === "function" ? await source(controller) : source;
      onResponse?.(response);
      const requestId = requestIdOf(response.headers);
      if (requestId !== undefined) failure = { ...failure, requestId };
      if (!response.ok) throw failureFromResponse(response, await readErrorText(response), failure);
      return response;
    };
    return singleUse(
      failure.provider,
      () =>
        new ResponseStream<Output>({
          deadlines: deadlinesOf(delivery, this.#options.deadlines, deadlines),
          signal,
          open,
          ...(typeof source !== "function" && { discard: () => void source.body?.cancel().catch(() => undefined) }),
          interpret: (response, emit) => interpret(response, failureNow, emit),
          fail: (error) => failed(error, failureNow()),
          ...(outlivesAbort !== undefined && { outlivesAbort }),
        }),
    );
  }
}

/** Makes the interpreter of one response; `failure` gives the context of an exception, with what had arrived by the time it is called. */
type Interpret<Output> = (response: Response, failure: () => FailureContext, emit: (output: Output) => void) => BodyInterpreter;

/** What reads chunks and knows what had arrived. */
interface Sink extends ChunkSink {
  readonly soFar: Pick<FailureContext, "partial" | "usage">;
}

/** Hands chunks on as they are, and remembers whether the answer was complete. */
class ChunkForwarder implements Sink {
  readonly #emit: (chunk: ChatCompletionChunk) => void;
  // Reads along, so that an exception tells what had arrived here too.
  readonly #reader = new ChunkInterpreter({ provider: "openai", model: "unknown", mintId }, () => undefined);

  constructor(emit: (chunk: ChatCompletionChunk) => void) {
    this.#emit = emit;
  }

  get hasFinishReason(): boolean {
    return this.#reader.hasFinishReason;
  }

  get soFar(): Sink["soFar"] {
    return this.#reader.soFar;
  }

  accept(chunk: ChatCompletionChunk, whole: boolean): void {
    this.#reader.accept(chunk, whole);
    this.#emit(chunk);
  }

  finish(): void {
    this.#reader.finish();
  }
}

function failed(error: unknown, context: FailureContext): unknown {
  if (isChatException(error)) return error;
  if (error instanceof RangeError) return malformed("The answer nests too deeply to be read", "", false, context);
  return error instanceof DeadlinePassed ? timedOut(error, context) : failureFromTransport(error, context);
}

function redacted(soFar: Sink["soFar"], { redact }: FailureContext): Sink["soFar"] {
  if (soFar.partial === undefined) return soFar;
  try {
    return { ...soFar, partial: redactAnswer(soFar.partial, redact) };
  } catch {
    // What nests too deeply to be searched for the key cannot be shown.
    const { partial: _partial, ...rest } = soFar;
    return rest;
  }
}

function isUsage(event: ChatEvent): boolean {
  return event.type === "usage";
}
