import type { ItemPlace } from "./delta-guard.js";
import { type AnswerItem, type ItemContext } from "./items/answer-item.js";
import { CallItem } from "./items/call-item.js";
import { MessageItem } from "./items/message-item.js";
import { OtherItem } from "./items/other-item.js";
import { ReasoningItem } from "./items/reasoning-item.js";
import type { TypedObject } from "./models/answer.js";

interface Entry {
  readonly item: AnswerItem;
  readonly id: string | undefined;
  readonly index: number | undefined;
}

/**
 * The output items of one answer, found by what an event says of its place: the id, or else the index, or else the last item of the type that is open. Servers
 * leave one of the two out (llama.cpp the index), or tell another id in every event (GitHub Copilot, github.com/BerriAI/litellm/pull/30072); what does not fit the
 * event's type is not meant.
 */
export class OutputItems {
  readonly #context: ItemContext;
  readonly #entries: Entry[] = [];
  readonly #byId = new Map<string, Entry>();
  readonly #byIndex = new Map<number, Entry>();
  /** Where the last piece belonged: so do nearly all that follow. */
  #last: { readonly id: ItemPlace["item_id"]; readonly index: ItemPlace["output_index"]; readonly item: AnswerItem } | undefined;

  constructor(context: ItemContext) {
    this.#context = context;
  }

  /** The open item of this type that a piece belongs to; one that the server did not announce begins with its first piece. */
  at(type: string, place: ItemPlace): AnswerItem {
    const last = this.#last;
    if (last !== undefined && last.id === place.item_id && last.index === place.output_index && last.item.type === type) return last.item;
    const entry = this.#find(type, place);
    const item = entry === undefined || entry.item.isDone ? this.#begin(type, place) : entry.item;
    this.#last = { id: place.item_id, index: place.output_index, item };
    return item;
  }

  /** The item that a final text belongs to; undefined when it is done, as then it has told the text itself. */
  unfinishedAt(type: string, place: ItemPlace): AnswerItem | undefined {
    return this.#find(type, place)?.item.isDone === true ? undefined : this.at(type, place);
  }

  /** The item that a part of its content belongs to: the one that is there, whatever the part calls itself (vLLM calls parts of reasoning `output_text`). */
  holderOf(type: string, place: ItemPlace): AnswerItem | undefined {
    const { item_id: id, output_index: index } = place;
    const entry = (isTold(id) ? this.#byId.get(id) : undefined) ?? (isTold(index) ? this.#byIndex.get(index) : undefined);
    if (entry === undefined || entry.item.part === undefined) return this.unfinishedAt(type, place);
    return entry.item.isDone ? undefined : entry.item;
  }

  /** An item begins. An index that is used again means a new item, an id that is open does not, unless it stands at another index. */
  added(item: TypedObject, index: number | null | undefined): void {
    const id = idOf(item);
    const known = id === undefined ? undefined : this.#byId.get(id);
    if (known !== undefined && known.item.type === item.type && !known.item.isDone && isSamePlace(known, index)) return;
    this.#begin(item.type, { item_id: id, output_index: index }).begin(item);
  }

  /** An item is whole. One that was whole before says nothing new. */
  done(item: TypedObject, index: number | null | undefined): void {
    const id = idOf(item);
    const place = { item_id: id, output_index: index };
    const entry = this.#find(item.type, place) ?? (isTold(index) ? undefined : this.#lastOpen(item.type));
    const isSame = entry !== undefined && isSamePlace(entry, index) && (id === entry.id || id === undefined || entry.id === undefined);
    if (isSame && entry.item.isDone) return;
    this.#finish(item, entry === undefined || entry.item.isDone ? this.#begin(item.type, place) : entry.item);
  }

  /**
   * The output of the whole answer: says what no event brought. Items are the same by id, those of one id in their order; those that are left on both sides are
   * the same by their order among those of their type.
   */
  complete(output: readonly TypedObject[]): void {
    const told = new Set(output.map((item) => keyOf(item.type, idOf(item))));
    const waiting = new Map<string, AnswerItem[]>();
    for (const { id, item } of this.#entries.toReversed()) {
      const key = keyOf(item.type, id);
      const place = told.has(key) ? key : keyOf(item.type, undefined);
      const ofPlace = waiting.get(place);
      if (ofPlace === undefined) waiting.set(place, [item]);
      else ofPlace.push(item);
    }
    for (const item of output) {
      const id = idOf(item);
      const known = waiting.get(keyOf(item.type, id))?.pop() ?? waiting.get(keyOf(item.type, undefined))?.pop();
      if (known?.isDone !== true) this.#finish(item, known ?? this.#begin(item.type, { item_id: id }));
    }
  }

  /** The answer is complete. What the server left open ends as it is. */
  end(): void {
    for (const { item } of this.#entries) if (!item.isDone) item.end();
  }

  #finish(item: TypedObject, into: AnswerItem): void {
    this.#last = undefined;
    into.done(item);
  }

  #find(type: string, { item_id: id, output_index: index }: ItemPlace): Entry | undefined {
    const byId = isTold(id) ? this.#byId.get(id) : undefined;
    const byIndex = isTold(index) ? this.#byIndex.get(index) : undefined;
    // Where both are told, what fits both is meant: gateways give several items one id.
    if (byId?.item.type === type && (byIndex?.item.type !== type || byIndex.id !== id)) return byId;
    if (byIndex?.item.type === type) return byIndex;
    // A server that tells neither, or did not when the item began, means the item that it spoke of last.
    const last = this.#lastOpen(type);
    return (isTold(id) && last?.id !== undefined) || (isTold(index) && last?.index !== undefined) ? undefined : last;
  }

  #lastOpen(type: string): Entry | undefined {
    const last = this.#entries.at(-1);
    return last?.item.type === type && !last.item.isDone ? last : undefined;
  }

  #begin(type: string, { item_id: id, output_index: index }: ItemPlace): AnswerItem {
    const item = itemOf(type, this.#context);
    const entry = { item, id: id || undefined, index: index ?? undefined };
    this.#last = undefined;
    this.#entries.push(entry);
    if (isTold(id)) this.#byId.set(id, entry);
    if (isTold(index)) this.#byIndex.set(index, entry);
    return item;
  }
}

function itemOf(type: string, context: ItemContext): AnswerItem {
  switch (type) {
    case "message":
      return new MessageItem(context);
    case "reasoning":
      return new ReasoningItem(context);
    case "function_call":
      return new CallItem(context);
    default:
      return new OtherItem(type, context);
  }
}

function isSamePlace({ index: known }: Entry, index: number | null | undefined): boolean {
  return !isTold(index) || !isTold(known) || index === known;
}

/** Items of one type and one id; without an id, those of the type. */
function keyOf(type: string, id: string | undefined): string {
  return JSON.stringify([type, id ?? null]);
}

function idOf({ id }: TypedObject): string | undefined {
  return typeof id === "string" && id !== "" ? id : undefined;
}

function isTold<Value extends string | number>(value: Value | null | undefined): value is Value {
  return value !== undefined && value !== null && value !== "";
}
