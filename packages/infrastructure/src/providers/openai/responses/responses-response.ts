import type { ChatEvent, Json, JsonObject } from "@chatport/domain";
import { gaveUp, malformed, truncated } from "../../../http/answer-failure.js";
import type { SoFar } from "../../../http/answer-reader.js";
import { isTold, tellsOfError } from "../../../http/error-document.js";
import { type FailureContext, failureInStream } from "../../../http/failure.js";
import type { JsonEventSink } from "../../../http/json-sink.js";
import { isJsonObject } from "../../../http/json.js";
import { shapeReader } from "../../../http/wire-shape.js";
import { FilterHits } from "../filter-hits.js";
import { isDeltaType, isUsualDelta } from "./delta-guard.js";
import { ItemEvents } from "./item-events.js";
import type { ReadPart } from "./items/answer-item.js";
import { lifecycleEventSchema, responseSchema, type WireResponse } from "./models/answer.js";
import { outcomeOf, type ResponseOutcome } from "./response-outcome.js";
import { toUsage } from "./responses-usage.js";
import { Speech } from "./speech.js";

/** What an answer is read for. */
export interface ResponseContext {
  /** Scheme, host and port of the server: it alone gets its items back. */
  readonly origin: string;
  /** The model that was asked for: told in `message-start` where the server does not say which model answers. */
  readonly model: string;
  /** Makes an id for a call that came without one. */
  readonly mintId: () => string;
}

/**
 * Turns the events of the Responses API into the port's; pure. A whole answer is read as the events that would have made it.
 *
 * `response.completed`, `response.incomplete` and `response.failed` end the answer and nothing else does: `[DONE]`, which some servers send behind them, says
 * nothing. Events and items of types that are not known are no failure. Events outside of `response.*`, such as `keepalive`, are signs of life.
 */
export class ResponsesReader implements JsonEventSink {
  readonly #context: ResponseContext;
  readonly #failure: () => FailureContext;
  readonly #read: ReadPart;
  readonly #speech: Speech;
  readonly #items: ItemEvents;
  /** The event that is being read. */
  #text = "";
  #outcome: Extract<ResponseOutcome, { type: "answer" }> | undefined;
  /** What Azure's content filters last said. */
  #contentFilters: unknown;

  constructor(context: ResponseContext, failure: () => FailureContext, emit: (event: ChatEvent) => void) {
    this.#context = context;
    this.#failure = failure;
    const read = shapeReader(failure);
    this.#read = (schema, value) => read(schema, value, this.#text);
    this.#speech = new Speech(context, emit);
    this.#items = new ItemEvents({ speech: this.#speech, mintId: context.mintId, read: this.#read });
  }

  get hasEnded(): boolean {
    return this.#outcome !== undefined;
  }

  get hasFinishReason(): boolean {
    return this.#outcome !== undefined;
  }

  get soFar(): SoFar {
    return this.#speech.answer.soFar;
  }

  onJson(value: Json, name: string | undefined, text: string): boolean {
    if (name === "error") throw failureInStream(value, this.#failure());
    if (isUsualDelta(value)) {
      if (!this.#speech.answer.started) this.#start({});
      this.#items.delta(value);
      return true;
    }
    if (!isJsonObject(value)) return false;
    const type = typeof value["type"] === "string" ? value["type"] : (name ?? "");
    // Documented with code and message at its top; what servers send holds them in `error` (github.com/openai/openai-dotnet/issues/881).
    if (type === "error" || isTold(value["error"])) throw failureInStream(value, this.#failure());
    this.#text = text;
    return this.#event(type, value);
  }

  onMarker(data: string): boolean {
    return data.trimStart().startsWith("[DONE]");
  }

  onDocument(value: Json, text: string): void {
    this.#text = text;
    if (isJsonObject(value) && (value["object"] === "response" || Array.isArray(value["output"]))) {
      return this.#end(this.#read(responseSchema, value), undefined);
    }
    if (tellsOfError(value)) throw failureInStream(value, this.#failure());
    throw malformed("The answer is no response", text, false, this.#failure());
  }

  finish(): void {
    this.#items.end();
    const hits = new FilterHits();
    hits.ofResponse(this.#contentFilters);
    for (const data of hits.parts) this.#speech.keep(data);
    this.#speech.answer.finish(this.#outcome?.finishReason ?? "other", this.#outcome?.rawFinishReason);
  }

  /** Returns whether the event brings anything. */
  #event(type: string, value: JsonObject): boolean {
    switch (type) {
      case "response.created":
      case "response.queued":
      case "response.in_progress": {
        const { response } = this.#read(lifecycleEventSchema, value);
        this.#start(response ?? {});
        return this.#note(response ?? {});
      }
      case "response.completed":
      case "response.incomplete":
      case "response.failed":
        this.#end(this.#read(lifecycleEventSchema, value).response ?? {}, type.slice("response.".length));
        return true;
      default:
        if (!type.startsWith("response.")) return false;
        this.#start({});
        return isDeltaType(type) ? this.#items.unusualDelta(type, value, this.#read) : this.#items.event(type, value, this.#read);
    }
  }

  #start({ id, model }: Pick<WireResponse, "id" | "model">): void {
    const { answer } = this.#speech;
    answer.start(model || this.#context.model, id || undefined);
  }

  /** Takes what a response tells beside its items. Returns whether there was anything to count. */
  #note({ usage, content_filters: filters }: WireResponse): boolean {
    this.#contentFilters = filters ?? this.#contentFilters;
    if (usage) this.#speech.answer.reportUsage(toUsage(usage));
    return Boolean(usage);
  }

  /** Takes the response as it is at its end: it says again what the events said, and may say more. */
  #end(response: WireResponse, event: string | undefined): void {
    this.#start(response);
    this.#items.complete(response.output ?? []);
    this.#note(response);
    const outcome = outcomeOf(response, event);
    if (outcome.type === "unfinished") {
      throw truncated(`The server answered before the response was complete: its status is "${outcome.status}".`, this.#failure());
    }
    if (outcome.type === "failure") {
      const { error, status } = outcome;
      if (error === undefined) throw gaveUp(status, this.#failure());
      throw failureInStream({ error, content_filters: this.#contentFilters }, this.#failure());
    }
    this.#outcome = outcome;
  }
}
