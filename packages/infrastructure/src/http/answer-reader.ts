import { type CallOptions, type ChatEvent, type Deadlines, isChatException, singleUse } from "@chatport/domain";
import { malformed, timedOut } from "./answer-failure.js";
import { readErrorText } from "./bounded-text.js";
import { deadlinesOf, requireDeadlines } from "./deadlines.js";
import { type FailureContext, failureFromResponse, failureFromTransport } from "./failure.js";
import { JsonBody } from "./json-body.js";
import { defaultLimits, type Limits } from "./limits.js";
import { printable } from "./printable.js";
import { redactAnswer } from "./redact-answer.js";
import { requestIdOf } from "./response-facts.js";
import { type BodyInterpreter, ResponseStream } from "./response-stream.js";
import { DeadlinePassed } from "./watchdog.js";

/**
 * Where an answer comes from: a response that is here already, or a function that asks for it, called when reading begins. The function tells of the response
 * as soon as its headers are here, also of one that it then throws for.
 */
export type ResponseSource = Response | ((signal: AbortSignal, onResponse: (response: Response) => void) => Promise<Response>);

export interface AnswerReaderOptions {
  /** What every exception of this reader tells, and how its texts are redacted. */
  readonly failure: FailureContext;
  /** See {@link Limits} for units and defaults. */
  readonly limits?: Partial<Limits> | undefined;
  /** See `Deadlines` for units and defaults. */
  readonly deadlines?: Partial<Deadlines> | undefined;
}

/** The options of a call that concern its reading. */
export interface ReadOptions extends Pick<CallOptions, "signal" | "deadlines" | "delivery"> {
  /** Called with the response when its headers are here, whatever its status. */
  readonly onResponse?: (response: Response) => void;
  /** How long the call has waited for what came before this response, in milliseconds: it counts towards the total deadline. Default 0. */
  readonly spentMs?: number;
}

/** What had arrived of an answer. */
export type SoFar = Pick<FailureContext, "partial" | "usage">;

/** An interpreter that knows what had arrived, for the exceptions of those who read it. */
export interface AnswerInterpreter extends BodyInterpreter {
  readonly soFar: SoFar;
}

/** What a vendor makes of one response. */
export interface Reading<Output> {
  /** Makes the interpreter of a body. `failure` gives the context of an exception, with what had arrived by the time that it is called. */
  interpret(response: Response, limits: Limits, failure: () => FailureContext, emit: (output: Output) => void): AnswerInterpreter;
  /** True for outputs that an abort does not take back: what a provider reported of tokens. Default: none. */
  outlivesAbort?(output: Output): boolean;
}

/**
 * Reads responses of one API with the care that the completion contract asks for: lazily, once, under deadlines and limits, with exceptions that tell what had
 * arrived and show no key, and with the request cancelled whenever reading ends early. The vendor's part is the interpreter.
 */
export class AnswerReader {
  readonly #options: AnswerReaderOptions;
  readonly #limits: Limits;

  constructor(options: AnswerReaderOptions) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
  }

  /**
   * An answer as the port's events. Usage that has arrived is told before an abort, too.
   *
   * @throws {ChatException} from `next()`; or the signal's reason once aborted.
   */
  events(source: ResponseSource, options: ReadOptions, interpret: Reading<ChatEvent>["interpret"]): AsyncIterable<ChatEvent> {
    return this.read(source, options, { interpret, outlivesAbort: ({ type }) => type === "usage" });
  }

  /**
   * A body that is one JSON document, such as a list of models, with the deadline of a whole answer. `validate` gives undefined for one of the wrong shape, which
   * is then read as an error.
   *
   * @throws {ChatException} or the signal's reason once aborted.
   */
  async document<Value extends object>(
    source: ResponseSource,
    options: ReadOptions,
    validate: (value: unknown) => Value | undefined,
  ): Promise<Value> {
    const documents = this.read<Value>(
      source,
      { ...options, delivery: "whole" },
      { interpret: (response, limits, failure, emit) => new JsonBody(response, limits, failure, validate, emit) },
    );
    for await (const document of documents) return document;
    throw malformed("The server answered with nothing", "", false, this.#options.failure);
  }

  /**
   * A body of any other kind.
   *
   * @throws {ChatException} from `next()`; or the signal's reason once aborted.
   */
  read<Output extends object>(source: ResponseSource, options: ReadOptions, reading: Reading<Output>): AsyncIterable<Output> {
    const { signal, deadlines, delivery, onResponse, spentMs } = options;
    let failure = this.#options.failure;
    let interpreter: AnswerInterpreter | undefined;
    const failureNow = (): FailureContext => ({ ...failure, ...redacted(interpreter?.soFar ?? {}, failure) });
    const waits = deadlinesOf(delivery, this.#options.deadlines, deadlines);
    const open = async (controller: AbortSignal, headersArrived: () => void): Promise<Response> => {
      requireDeadlines(waits, failure.provider);
      const take = (response: Response): void => {
        headersArrived();
        const requestId = requestIdOf(response.headers);
        const known = requestId === undefined ? {} : { requestId: printable(requestId, requestId.length + 16, failure.redact) };
        failure = { ...failure, ...known, answering: true };
        onResponse?.(response);
      };
      const response = typeof source === "function" ? await source(controller, take) : source;
      if (failure.answering !== true) take(response);
      if (!response.ok) throw failureFromResponse(response, await readErrorText(response, controller), failure);
      return response;
    };
    const plan = {
      deadlines: waits,
      spentMs,
      signal,
      open,
      ...(typeof source !== "function" && { discard: () => void source.body?.cancel().catch(() => undefined) }),
      interpret: (response: Response, emit: (output: Output) => void): BodyInterpreter =>
        (interpreter = reading.interpret(response, this.#limits, failureNow, emit)),
      fail: (error: unknown) => failed(error, failureNow()),
      outlivesAbort: (output: Output) => reading.outlivesAbort?.(output) === true,
    };
    return singleUse(failure.provider, () => new ResponseStream<Output>(plan));
  }
}

function failed(error: unknown, context: FailureContext): unknown {
  if (isChatException(error)) return error;
  if (error instanceof RangeError) return malformed("The answer nests too deeply to be read", "", false, context);
  return error instanceof DeadlinePassed ? timedOut(error, context) : failureFromTransport(error, context);
}

function redacted(soFar: SoFar, { redact }: FailureContext): SoFar {
  if (soFar.partial === undefined) return soFar;
  try {
    return { ...soFar, partial: redactAnswer(soFar.partial, redact) };
  } catch {
    // What nests too deeply to be searched for the key cannot be shown.
    const { partial: _partial, ...rest } = soFar;
    return rest;
  }
}
