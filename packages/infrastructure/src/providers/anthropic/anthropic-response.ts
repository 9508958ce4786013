import type { ChatEvent, Json, JsonObject } from "@chatport/domain";
import { malformed } from "../../http/answer-failure.js";
import type { SoFar } from "../../http/answer-reader.js";
import { isTold, tellsOfError } from "../../http/error-document.js";
import { type FailureContext, failureInStream } from "../../http/failure.js";
import type { JsonEventSink } from "../../http/json-sink.js";
import { isJsonObject } from "../../http/json.js";
import { SourceText } from "../../http/source-text.js";
import { type ReadShape, shapeReader } from "../../http/wire-shape.js";
import { AnswerBlocks, type AnswerContext } from "./answer-blocks.js";
import { laterUsage, toUsage } from "./anthropic-usage.js";
import { isUsualDelta, type UsualDelta } from "./event-guard.js";
import * as wire from "./models.js";
import { type BegunBlock, startBlock } from "./start-block.js";
import { toFinishReason } from "./stop-reason.js";
import { vendor } from "./vendor.js";

/**
 * Turns the events of the Messages API into the port's; pure. A whole answer is read as the events that would have made it.
 *
 * `message_stop` ends the answer; one without a stop reason ends it as `other`. Events and blocks of types that are not known are no failure: the API adds
 * new ones (https://platform.claude.com/docs/en/build-with-claude/streaming#other-events). A `ping` is a sign of life and brings nothing.
 */
export class MessageReader implements JsonEventSink {
  readonly #blocks: AnswerBlocks;
  readonly #context: AnswerContext;
  readonly #failure: () => FailureContext;
  readonly #read: ReadShape;
  #usage: wire.WireUsage = {};
  #stopReason: string | undefined;
  #facts: JsonObject = {};
  #hasEnded = false;

  constructor(context: AnswerContext, failure: () => FailureContext, emit: (event: ChatEvent) => void) {
    this.#context = context;
    this.#failure = failure;
    this.#read = shapeReader(failure);
    this.#blocks = new AnswerBlocks(context, emit);
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get hasFinishReason(): boolean {
    return this.#stopReason !== undefined;
  }

  get soFar(): SoFar {
    return this.#blocks.answer.soFar;
  }

  onJson(value: Json, name: string | undefined, text: string): boolean {
    if (name === "error") throw failureInStream(value, this.#failure());
    if (isUsualDelta(value)) {
      this.#delta(value, text);
      return true;
    }
    if (!isJsonObject(value)) return false;
    if (value["type"] === "error" || isTold(value["error"])) throw failureInStream(value, this.#failure());
    const type = typeof value["type"] === "string" ? value["type"] : name;
    return this.#event(type, value, text);
  }

  /** Gateways that translate from OpenAI's API leave its marker in. */
  onMarker(data: string): boolean {
    return data.trimStart().startsWith("[DONE]");
  }

  onDocument(value: Json, text: string): void {
    if (isJsonObject(value) && Array.isArray(value["content"]) && !isTold(value["error"])) {
      return this.#message(this.#read(wire.messageSchema, value, text), SourceText.of(text), text);
    }
    if (tellsOfError(value)) throw failureInStream(value, this.#failure());
    throw malformed("The answer is no message", text, false, this.#failure());
  }

  finish(): void {
    this.#start({});
    const { answer } = this.#blocks;
    this.#blocks.endAll();
    if (Object.keys(this.#facts).length > 0) answer.part({ type: "provider", vendor, data: this.#facts });
    const reason = this.#stopReason;
    answer.finish(reason === undefined ? "other" : toFinishReason(reason), reason);
  }

  /** Returns whether the event brings anything. */
  #event(type: string | undefined, value: JsonObject, text: string): boolean {
    switch (type) {
      case "message_start": {
        // Why a stream stopped is told by its `message_delta` alone.
        const { message } = this.#read(wire.messageStartSchema, value, text);
        this.#message({ ...message, stop_reason: undefined }, SourceText.of(text).member("message"), text);
        return true;
      }
      case "content_block_start": {
        const { index, content_block: block } = this.#read(wire.contentBlockStartSchema, value, text);
        this.#startBlock({ index, block, source: SourceText.of(text).member("content_block"), text });
        return true;
      }
      case "content_block_delta":
        return this.#unusualDelta(this.#read(wire.contentBlockDeltaSchema, value, text), text);
      case "content_block_stop":
        this.#blocks.end(this.#read(wire.contentBlockStopSchema, value, text).index);
        return true;
      case "message_delta": {
        const { delta, usage } = this.#read(wire.messageDeltaSchema, value, text);
        this.#start({});
        if (usage) this.#count(usage);
        if (delta) this.#end(delta);
        return true;
      }
      case "message_stop":
        this.#hasEnded = true;
        return true;
      default:
        return false;
    }
  }

  /** The beginning of a message, or all of it. */
  #message(message: wire.WireMessage, source: SourceText, text: string): void {
    this.#start(message);
    const content = source.member("content");
    for (const [index, block] of (message.content ?? []).entries()) {
      this.#startBlock({ index, block, source: content.item(index), text });
      this.#blocks.end(index);
    }
    if (message.usage) this.#count(message.usage);
    this.#end(message);
  }

  #start({ id, model }: Pick<wire.WireMessage, "id" | "model">): void {
    const { answer } = this.#blocks;
    answer.start(model || this.#context.model, id || undefined);
  }

  #startBlock(begun: BegunBlock): void {
    this.#start({});
    startBlock(this.#blocks, begun, this.#read);
  }

  #delta({ index, delta }: UsualDelta, text: string): void {
    if (!this.#blocks.answer.started) this.#start({});
    if (delta.type === "text_delta") this.#blocks.text(index, delta.text);
    else if (delta.type === "thinking_delta") this.#blocks.thinking(index, delta.thinking);
    else if (!this.#blocks.json(index, delta.partial_json)) {
      throw malformed("The stream holds tool arguments outside of a call", text, false, this.#failure());
    }
  }

  #unusualDelta({ index, delta }: { readonly index: number; readonly delta: wire.TypedObject }, text: string): boolean {
    // What is not usual about these is the type of what is read, or the event around it: one whose type is its name, or one that says that there is no error.
    if (delta.type === "text_delta") this.#read(wire.textDeltaSchema, delta, text);
    if (delta.type === "thinking_delta") this.#read(wire.thinkingDeltaSchema, delta, text);
    if (delta.type === "input_json_delta") this.#read(wire.inputJsonDeltaSchema, delta, text);
    this.#start({});
    const usual = { type: "content_block_delta", index, delta };
    if (isUsualDelta(usual)) this.#delta(usual, text);
    else this.#blocks.otherDelta(index, delta);
    return true;
  }

  #count(usage: wire.WireUsage): void {
    this.#usage = laterUsage(this.#usage, usage);
    const counted = toUsage(this.#usage);
    if (Object.keys(counted).length > 0) this.#blocks.answer.reportUsage(counted);
  }

  #end({ stop_reason: reason, stop_details: details, container }: wire.MessageEnd): void {
    if (reason) this.#stopReason = reason;
    if (details) this.#facts = { ...this.#facts, stop_details: details };
    if (container) this.#facts = { ...this.#facts, container };
  }
}
