import type { JsonObject } from "@chatport/domain";
import type { DeltaType, ItemPlace, UsualDelta } from "./delta-guard.js";
import type { ItemContext, ReadPart, TextKind } from "./items/answer-item.js";
import { textOf } from "./items/call-item.js";
import * as wire from "./models/answer.js";
import { OutputItems } from "./output-items.js";

interface TextPlace extends ItemPlace {
  readonly content_index?: number | null | undefined;
  readonly summary_index?: number | null | undefined;
}

/** Brings the events that concern output items to their items. */
export class ItemEvents {
  readonly #items: OutputItems;

  constructor(context: ItemContext) {
    this.#items = new OutputItems(context);
  }

  delta(event: UsualDelta): void {
    switch (event.type) {
      case "response.output_text.delta":
        return this.#items.at("message", event).add("text", event.content_index ?? 0, event.delta);
      case "response.refusal.delta":
        return this.#items.at("message", event).add("refusal", event.content_index ?? 0, event.delta);
      case "response.reasoning_summary_text.delta":
        return this.#items.at("reasoning", event).add("summary", event.summary_index ?? 0, event.delta);
      case "response.reasoning_text.delta":
        return this.#items.at("reasoning", event).add("reasoning", event.content_index ?? 0, event.delta);
      case "response.function_call_arguments.delta":
        return this.#items.at("function_call", event).add("arguments", 0, event.delta);
    }
  }

  /** What is not usual about these is the type of what is read, or that token probabilities come with them. */
  unusualDelta(type: DeltaType, value: JsonObject, read: ReadPart): boolean {
    const event = read(wire.deltaEventSchema, value);
    this.delta({ ...event, type });
    if (event.logprobs && type === "response.output_text.delta") {
      this.#items.at("message", event).attach?.(event.content_index ?? 0, "logprobs", event.logprobs);
    }
    return true;
  }

  /** Returns whether the event brings anything: that the model begins to think is no more than a sign of life, and it may think for minutes. */
  event(type: string, value: JsonObject, read: ReadPart): boolean {
    switch (type) {
      case "response.output_item.added": {
        const { item, output_index: index } = read(wire.itemEventSchema, value);
        if (item) this.#items.added(item, index);
        return item?.type !== "reasoning";
      }
      case "response.output_item.done": {
        const { item, output_index: index } = read(wire.itemEventSchema, value);
        if (item) this.#items.done(item, index);
        return true;
      }
      case "response.content_part.added":
      case "response.content_part.done":
      case "response.reasoning_summary_part.added":
      case "response.reasoning_summary_part.done":
        return this.#part(read(wire.partEventSchema, value), type.endsWith(".done"));
      case "response.output_text.annotation.added": {
        const { annotation, ...place } = read(wire.annotationEventSchema, value);
        if (annotation) this.#items.unfinishedAt("message", place)?.attach?.(place.content_index ?? 0, "annotations", [annotation]);
        return true;
      }
      default:
        this.#finalText(type, value, read);
        return true;
    }
  }

  complete(output: readonly wire.TypedObject[]): void {
    this.#items.complete(output);
  }

  end(): void {
    this.#items.end();
  }

  #part({ part, ...place }: TextPlace & { readonly part?: wire.TypedObject | null | undefined }, isDone: boolean): boolean {
    if (!part) return true;
    const isThought = part.type === "summary_text" || part.type === "reasoning_text";
    const index = (part.type === "summary_text" ? place.summary_index : place.content_index) ?? 0;
    this.#items.holderOf(isThought ? "reasoning" : "message", place)?.part?.(index, part, isDone);
    return true;
  }

  #finalText(type: string, value: JsonObject, read: ReadPart): void {
    switch (type) {
      case "response.output_text.done": {
        const { text, ...place } = read(wire.textDoneEventSchema, value);
        return this.#settle("message", "text", place.content_index, place, text);
      }
      case "response.refusal.done": {
        const { refusal, ...place } = read(wire.refusalDoneEventSchema, value);
        return this.#settle("message", "refusal", place.content_index, place, refusal);
      }
      case "response.reasoning_summary_text.done": {
        const { text, ...place } = read(wire.textDoneEventSchema, value);
        return this.#settle("reasoning", "summary", place.summary_index, place, text);
      }
      case "response.reasoning_text.done": {
        const { text, ...place } = read(wire.textDoneEventSchema, value);
        return this.#settle("reasoning", "reasoning", place.content_index, place, text);
      }
      case "response.function_call_arguments.done": {
        const { arguments: json, ...place } = read(wire.argumentsDoneEventSchema, value);
        return this.#settle("function_call", "arguments", 0, place, textOf(json));
      }
      // What shows the work of a server's tool live has no event in the port; its item holds the result.
      default:
    }
  }

  #settle(type: string, kind: TextKind, index: number | null | undefined, place: ItemPlace, text: string | null | undefined): void {
    this.#items.unfinishedAt(type, place)?.settle(kind, index ?? 0, text ?? "");
  }
}
