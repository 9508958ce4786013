import type { ChatEvent } from "@chatport/domain";
import { AnswerAssembler } from "../../http/answer-assembler.js";
import { gaveUp } from "../../http/answer-failure.js";
import type { SoFar } from "../../http/answer-reader.js";
import type { FailureContext } from "../../http/failure.js";
import { AnswerExtras } from "./answer-extras.js";
import type { UsualChunk } from "./chunk-guard.js";
import { isFailure, toFinishReason } from "./finish-reason.js";
import type { ChatCompletionChunk, Choice, ContentPart, Delta } from "./models.js";
import { toUsage } from "./openai-usage.js";
import { ToolCallReader } from "./tool-call-reader.js";

/** What an interpreter needs to know of the call that it serves. */
export interface AnswerContext {
  /** The context of an exception, with what had arrived by the time that it is called, and no key in it. */
  readonly failure: () => FailureContext;
  /** The model that was asked for: told in `message-start` where the server does not say which model answers. */
  readonly model: string;
  /** Makes an id for a tool call that came without one. */
  readonly mintId: () => string;
  /** The server that answers: opaque state is marked with it. */
  readonly origin?: string | undefined;
}

/**
 * Turns chunks of the Chat Completions API into the port's events; pure. A whole answer is read as one chunk.
 *
 * Only the choice with index 0 is read: a request never asks for more. What the port has no word for becomes a provider part or opaque state.
 */
export class ChunkInterpreter {
  readonly #context: AnswerContext;
  readonly #extras: AnswerExtras;
  readonly #answer: AnswerAssembler;
  readonly #calls: ToolCallReader;
  #finishReason: string | undefined;
  /** Whether a piece came without a reason: the server says it at the end then. */
  #saysItAtTheEnd = false;
  #lastHasReason = false;

  constructor(context: AnswerContext, emit: (event: ChatEvent) => void) {
    this.#context = context;
    this.#extras = new AnswerExtras(context.origin);
    this.#answer = new AnswerAssembler(emit, (kind) => this.#extras.takeMetadata(kind));
    this.#calls = new ToolCallReader(this.#answer, context.mintId, context.origin);
  }

  /** Whether the server has said why the answer ended. */
  get hasFinishReason(): boolean {
    return this.#finishReason !== undefined;
  }

  /** Some gateways say "stop" on every chunk, so that it ends nothing before the body, or its end marker, does. */
  get mayGoOn(): boolean {
    return this.#finishReason === "stop" && !(this.#saysItAtTheEnd && this.#lastHasReason);
  }

  /** `whole`: the chunk is a whole answer. Perplexity sends both: every chunk's `delta`, and the `message` so far. */
  accept(chunk: ChatCompletionChunk, whole: boolean): void {
    const { choices } = chunk;
    if (choices) for (const choice of choices) if (!choice.index) this.#choice(chunk, choice, whole);
    const usage = chunk.usage ?? chunk.x_groq?.usage;
    if (usage) {
      this.#start(chunk);
      this.#answer.reportUsage(toUsage(usage));
    }
    this.#extras.ofChunk(chunk);
  }

  acceptUsual(chunk: UsualChunk): void {
    const choice = chunk.choices[0];
    if (choice.index) return;
    if (!this.#answer.started) this.#start(chunk);
    this.#say(choice.delta);
    this.#take(choice.finish_reason);
  }

  /** The end marker was read, or the body ended after a finish reason. @throws {ServerException} when the finish reason reports a failure. */
  finish(): void {
    const reason = this.#finishReason;
    if (reason !== undefined && isFailure(reason)) throw gaveUp(reason, this.#context.failure());
    this.#start({});
    for (const part of this.#extras.parts()) this.#answer.part(part);
    this.#keepLeftOver("reasoning");
    this.#keepLeftOver("text");
    this.#answer.finish(reason === undefined ? "other" : toFinishReason(reason), reason);
  }

  /** What had arrived, for an exception. */
  get soFar(): SoFar {
    return this.#answer.soFar;
  }

  /** Opaque state that came behind its part, or without one, is kept with an empty part. */
  #keepLeftOver(type: "reasoning" | "text"): void {
    // Whatever part is open takes what belongs to it.
    this.#answer.closeText();
    const providerMetadata = this.#extras.takeMetadata(type);
    if (providerMetadata !== undefined) this.#answer.part({ type, text: "", providerMetadata });
  }

  #start(chunk: ChatCompletionChunk): void {
    if (this.#answer.started) return;
    const id = chunk.id === undefined || chunk.id === null || chunk.id === "" ? undefined : String(chunk.id);
    this.#answer.start(chunk.model || this.#context.model, id);
  }

  #choice(chunk: ChatCompletionChunk, choice: Choice, whole: boolean): void {
    this.#start(chunk);
    if (choice.logprobs) this.#extras.ofChoice(choice);
    const delta = whole ? (choice.message ?? choice.delta) : (choice.delta ?? choice.message);
    if (delta) {
      this.#extras.ofDelta(delta);
      this.#say(delta);
    }
    this.#take(choice.finish_reason);
  }

  #take(reason: string | null | undefined): void {
    // Some servers send "" or the word "null" until the end.
    this.#lastHasReason = !!reason && reason !== "null";
    if (this.#lastHasReason) this.#finishReason = reason ?? undefined;
    else this.#saysItAtTheEnd = true;
  }

  #say(delta: Delta): void {
    // Some servers send the same text under both names.
    const reasoning = delta.reasoning_content || delta.reasoning;
    if (reasoning) this.#answer.reasoning(reasoning);
    const { content } = delta;
    if (typeof content === "string") {
      if (content !== "") this.#answer.text(content);
    } else if (content) {
      for (const part of content) this.#contentPart(part);
    }
    if (delta.refusal) this.#answer.refusal(delta.refusal);
    if (delta.tool_calls) for (const call of delta.tool_calls) this.#calls.accept(call);
  }

  /** Mistral's reasoning models send content as an array. */
  #contentPart(part: ContentPart): void {
    if (part.type === "thinking") {
      const thinking = typeof part.thinking === "string" ? part.thinking : (part.thinking ?? []).map((piece) => piece.text ?? "").join("");
      if (thinking !== "") this.#answer.reasoning(thinking);
    } else if (typeof part.text === "string") {
      if (part.text !== "") this.#answer.text(part.text);
    } else {
      this.#extras.ofContentPart(part);
    }
  }
}
