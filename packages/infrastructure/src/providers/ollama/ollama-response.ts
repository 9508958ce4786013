import type { ChatEvent, FinishReason, Json, ProviderMetadata, Usage } from "@chatport/domain";
import { AnswerAssembler } from "../../http/answer-assembler.js";
import { malformed } from "../../http/answer-failure.js";
import type { SoFar } from "../../http/answer-reader.js";
import { isTold, tellsOfError } from "../../http/error-document.js";
import { type FailureContext, failureInStream } from "../../http/failure.js";
import { stateOf } from "../../http/history.js";
import type { JsonEventSink } from "../../http/json-sink.js";
import { isJsonObject } from "../../http/json.js";
import { toldUsage } from "../../http/told-usage.js";
import { placeOfIssue } from "../../http/wire-shape.js";
import { isUsualLine } from "./line-guard.js";
import { type ChatLine, chatLineSchema } from "./models.js";
import { withAdvice } from "./ollama-exception.js";
import { addToolCalls, type ToolCallContext } from "./tool-calls.js";
import { vendor } from "./vendor.js";

/** What an interpreter needs to know of the call that it serves. */
export interface AnswerContext extends ToolCallContext {
  /** The context of an exception, with what had arrived by the time that it is called, and no key in it. */
  readonly failure: () => FailureContext;
  /** The model that was asked for. */
  readonly model: string;
}

/**
 * Turns the lines of `/api/chat` into the port's events; pure. A whole answer is read as one line, since it is one.
 *
 * Images that a model makes become a provider part, which bears the mark of its server. Log probabilities that were asked for go with their text. Timings and `created_at` are left out: they
 * measure the server and are no part of the answer.
 */
export class LineInterpreter implements JsonEventSink {
  readonly #context: AnswerContext;
  readonly #answer: AnswerAssembler;
  #logprobs: Json[] = [];
  #hasEnded = false;
  #doneReason: string | undefined;

  constructor(context: AnswerContext, emit: (event: ChatEvent) => void) {
    this.#context = context;
    this.#answer = new AnswerAssembler(emit, () => this.#takeLogprobs());
  }

  /** The line with `done: true` is the end marker. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get hasFinishReason(): boolean {
    return this.#hasEnded;
  }

  get soFar(): SoFar {
    return this.#answer.soFar;
  }

  onJson(value: Json, _name: string | undefined, text: string): boolean {
    if (!isUsualLine(value)) return this.#validate(value, text);
    if (!this.#answer.started) this.#start(value.model);
    const { thinking, content } = value.message;
    if (thinking) this.#answer.reasoning(thinking);
    if (content !== "") this.#answer.text(content);
    return true;
  }

  onDocument(value: Json, text: string): void {
    if (this.#validate(value, text) && this.#hasEnded) return;
    throw this.#noAnswer(text);
  }

  finish(): void {
    const reason = this.#doneReason;
    this.#answer.finish(finishReasons.get(reason ?? "") ?? "other", reason);
  }

  /** Returns whether the line brings anything. */
  #validate(value: Json, text: string): boolean {
    if (isJsonObject(value) && isTold(value["error"])) throw this.#failed(value);
    const line = chatLineSchema.safeParse(value);
    if (line.success && (line.data.message || line.data.done === true)) {
      this.#accept(line.data, text);
      return true;
    }
    // Errors of other servers have words under "message"; an object there is an answer's.
    const claimsMessage = isJsonObject(value) && isJsonObject(value["message"]);
    if (!claimsMessage && tellsOfError(value)) throw this.#failed(value);
    if (line.success && !isTold(line.data["choices"]) && !isTold(line.data["response"])) return false;
    throw this.#noAnswer(text, placeOfIssue(line.error));
  }

  #accept(line: ChatLine, text: string): void {
    const { message, logprobs } = line;
    this.#start(line.model);
    // Not spread into one call: a line may hold more of them than the stack is deep.
    for (const logprob of logprobs ?? []) if (isJson(logprob)) this.#logprobs.push(logprob);
    if (message?.thinking) this.#answer.reasoning(message.thinking);
    if (message?.content) this.#answer.text(message.content);
    if (message?.tool_calls) addToolCalls(message.tool_calls, text, this.#answer, this.#context);
    if (message?.images && message.images.length > 0) this.#images(message.images);
    const usage = usageOf(line);
    if (usage !== undefined) this.#answer.reportUsage(usage);
    if (line.done !== true) return;
    this.#hasEnded = true;
    // An empty reason is none. Servers of the first years gave none at all.
    this.#doneReason = line.done_reason || undefined;
  }

  #images(images: readonly string[]): void {
    this.#answer.part({ type: "provider", vendor, data: { images }, providerMetadata: stateOf(vendor, this.#context.origin, {}) });
  }

  #start(model: string | null | undefined): void {
    this.#answer.start(model || this.#context.model, undefined);
  }

  #takeLogprobs(): ProviderMetadata | undefined {
    if (this.#logprobs.length === 0) return undefined;
    const logprobs = this.#logprobs;
    this.#logprobs = [];
    return stateOf(vendor, this.#context.origin, { logprobs });
  }

  #failed(value: Json): Error {
    const failure = this.#context.failure();
    return withAdvice(failureInStream(value, failure), { model: this.#context.model, url: failure.url });
  }

  #noAnswer(text: string, where = ""): Error {
    return malformed(`The server's answer is none of Ollama's chat API${where}`, text, false, this.#context.failure());
  }
}

/**
 * `done_reason` (DoneReason in the server's llm package; `load` and `unload` for requests that only load or unload a model, which an answer to messages never
 * has). Anything else is `other`, with the server's own word in `rawFinishReason`.
 */
const finishReasons: ReadonlyMap<string, FinishReason> = new Map([
  ["stop", "stop"],
  ["length", "length"],
  // Not Ollama's own: servers that imitate it have Chat Completions behind them.
  ["tool_calls", "tool-calls"],
]);

/** `eval_count` includes thinking. What the server leaves out stays unknown: it also leaves out zeros. */
function usageOf({ prompt_eval_count: inputTokens, eval_count: outputTokens }: ChatLine): Usage | undefined {
  if (typeof inputTokens !== "number" && typeof outputTokens !== "number") return undefined;
  return toldUsage({ inputTokens, outputTokens });
}

/** Says in types what the loose schemas leave open: pieces of a parsed line are JSON. */
function isJson(value: unknown): value is Json {
  return value !== undefined;
}
