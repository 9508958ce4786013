import { type ChatEvent, RequestException } from "@chatport/domain";
import { AnswerAssembler } from "../../http/answer-assembler.js";
import { gaveUp, truncated } from "../../http/answer-failure.js";
import type { SoFar } from "../../http/answer-reader.js";
import { printable } from "../../http/printable.js";
import type { SourceText } from "../../http/source-text.js";
import { AnswerExtras } from "./answer-extras.js";
import { failureReason, isUnspecified, strongerReason, toFinishReason } from "./finish-reason.js";
import { sameUsage, toUsage } from "./gemini-usage.js";
import type { Candidate, GenerateContentResponse } from "./models.js";
import { type PartContext, PartReader } from "./part-reader.js";

/** What an interpreter needs to know of the call that it serves. */
export interface AnswerContext extends PartContext {
  /** The model that was asked for: told in `message-start` where the server does not say which model answers. */
  readonly model: string;
}

/**
 * Turns responses of the Gemini API into the port's events; pure. A whole answer is one response, a streamed one is many, each with what is new of the parts and
 * with all tokens so far. Only the candidate with index 0 is read: a request never asks for more. What the port has no word for becomes a provider part.
 */
export class ResponseInterpreter {
  readonly #context: AnswerContext;
  readonly #answer: AnswerAssembler;
  readonly #parts: PartReader;
  readonly #extras: AnswerExtras;
  #finishReason: string | undefined;
  /** Whether a piece came without a reason: the server says it at the end then. */
  #saysItAtTheEnd = false;
  #lastHasReason = false;

  constructor(context: AnswerContext, emit: (event: ChatEvent) => void) {
    this.#context = context;
    this.#answer = new AnswerAssembler(emit, () => this.#parts.takeState());
    this.#parts = new PartReader(this.#answer, context);
    this.#extras = new AnswerExtras(context.origin);
  }

  /** Whether the server has said why the answer ended. */
  get hasFinishReason(): boolean {
    return this.#finishReason !== undefined;
  }

  /**
   * Older models say STOP on every chunk (github.com/BerriAI/litellm/issues/4339), and gateways on empty ones while the model thinks
   * (github.com/Chevey339/kelivo/issues/1003), so that it ends nothing before the body does.
   */
  get mayGoOn(): boolean {
    return this.#finishReason === "STOP" && !(this.#saysItAtTheEnd && this.#lastHasReason);
  }

  /** @throws {RequestException} `content-filter` when the prompt was blocked. */
  accept(response: GenerateContentResponse, source: SourceText): void {
    this.#answer.start(response.modelVersion || this.#context.model, response.responseId || undefined);
    if (response.candidates) this.#candidates(response.candidates, source.member("candidates"));
    this.#report(response);
    const reason = response.promptFeedback?.blockReason;
    if (reason && !isUnspecified(reason)) throw this.#blocked(reason, response.promptFeedback?.blockReasonMessage ?? "");
  }

  /** The body ended. @throws {ChatException} when the server has not said why the answer ended, or says that it failed. */
  finish(): void {
    const reason = this.#finishReason;
    if (reason === undefined) throw truncated("The answer was cut off: it ended without a finish reason.", this.#context.failure());
    if (reason === failureReason) throw gaveUp(reason, this.#context.failure());
    if (reason === "MALFORMED_FUNCTION_CALL") this.#malformedCall();
    else for (const part of this.#extras.parts(reason)) this.#answer.part(part);
    this.#answer.finish(toFinishReason(reason), reason);
  }

  /** What had arrived, for an exception. */
  get soFar(): SoFar {
    return this.#answer.soFar;
  }

  #candidates(candidates: readonly Candidate[], source: SourceText): void {
    for (const [at, candidate] of candidates.entries()) if (!candidate.index) this.#candidate(candidate, source.item(at));
  }

  #candidate(candidate: Candidate, source: SourceText): void {
    const parts = candidate.content?.parts;
    if (parts) {
      const sources = source.member("content").member("parts");
      for (const [at, part] of parts.entries()) this.#parts.accept(part, sources.item(at));
    }
    this.#extras.accept(candidate);
    const { finishReason } = candidate;
    const reason = finishReason && !isUnspecified(finishReason) ? finishReason : undefined;
    this.#lastHasReason = reason !== undefined;
    if (reason === undefined) this.#saysItAtTheEnd = true;
    else this.#finishReason = strongerReason(this.#finishReason, reason);
  }

  #report({ usageMetadata }: GenerateContentResponse): void {
    if (!usageMetadata) return;
    const usage = toUsage(usageMetadata);
    if (this.#answer.usage === undefined || !sameUsage(usage, this.#answer.usage)) this.#answer.reportUsage(usage);
  }

  /** What the model wrote in place of a call is in the finish message: shown, never run. It has no name that could be trusted. */
  #malformedCall(): void {
    const call = this.#answer.startCall(this.#context.mintId(), "");
    if (this.#extras.finishMessage !== undefined) this.#answer.appendToCall(call, this.#extras.finishMessage);
  }

  #blocked(reason: string, words: string): RequestException {
    const { provider, redact, requestId, partial, usage } = this.#context.failure();
    const said = printable(words, 600, redact);
    return new RequestException(
      "content-filter",
      `The prompt was blocked (${printable(reason, 100, redact)})${said === "" ? "." : `: ${said}`}`,
      {
        provider,
        providerCode: printable(reason, 100, redact),
        ...(requestId !== undefined && { requestId }),
        ...(partial !== undefined && { partial }),
        ...(usage !== undefined && { usage }),
      },
    );
  }
}
