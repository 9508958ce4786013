import type { Json, JsonObject } from "@chatport/domain";
import { messageItemSchema, refusalPartSchema, textPartSchema, type TypedObject } from "../models/answer.js";
import type { AnswerItem, ItemContext, TextKind } from "./answer-item.js";
import { fieldsOf, fieldsSoFar } from "./item-fields.js";
import { MessageText } from "./message-text.js";

const held = ["type", "role", "content"];

/** A message: each of its texts and refusals is a part of the answer. */
export class MessageItem implements AnswerItem {
  readonly type = "message";
  readonly #context: ItemContext;
  /** By kind and index within the message. */
  readonly #texts = new Map<string, MessageText>();
  #fields: JsonObject = {};
  #isDone = false;
  /** The text that was said last, so that it is not looked up for every piece. */
  #last: { readonly kind: TextKind; readonly index: number; readonly text: MessageText } | undefined;

  constructor(context: ItemContext) {
    this.#context = context;
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  begin(item: TypedObject): void {
    this.#fields = fieldsSoFar(item, held);
    for (const [index, part] of this.#contentOf(item).entries()) this.part(index, part, false);
  }

  add(kind: TextKind, index: number, piece: string): void {
    const last = this.#last;
    if (last !== undefined && last.kind === kind && last.index === index) last.text.text.add(piece);
    else this.#at(kind, index)?.text.add(piece);
  }

  settle(kind: TextKind, index: number, text: string): void {
    this.#at(kind, index)?.text.settle(text);
  }

  attach(index: number, what: "annotations" | "logprobs", values: readonly Json[]): void {
    this.#at("text", index)?.attach(what, values);
  }

  /** Returns whether the part is of a kind that has a place in the answer. */
  part(index: number, part: TypedObject, isDone: boolean): boolean {
    const kind = kindOf(part);
    if (kind === undefined) return false;
    const at = this.#at(kind, index);
    const said = kind === "refusal" ? this.#context.read(refusalPartSchema, part).refusal : this.#textOf(at, part);
    if (isDone) at?.text.settle(said ?? "");
    else at?.text.begin(said ?? "");
    return true;
  }

  done(item: TypedObject): void {
    const content = this.#contentOf(item);
    const others: TypedObject[] = [];
    this.#fields = fieldsOf(item, held);
    this.#isDone = true;
    const indices = this.#indicesOf(content);
    for (const [position, part] of content.entries()) {
      if (!this.part(indices[position] ?? position, part, true)) others.push(part);
    }
    this.end();
    // Without a type of an item it is kept and never sent back.
    for (const part of others) this.#context.speech.keep({ content: part });
  }

  end(): void {
    for (const text of this.#texts.values()) text.end();
    this.#last = undefined;
  }

  #contentOf(item: TypedObject): readonly TypedObject[] {
    return this.#context.read(messageItemSchema, item).content ?? [];
  }

  #textOf(at: MessageText | undefined, part: TypedObject): string | null | undefined {
    const { text, annotations, logprobs } = this.#context.read(textPartSchema, part);
    at?.replace(annotations ?? [], logprobs ?? []);
    return text;
  }

  #at(kind: TextKind, index: number): MessageText | undefined {
    if (kind !== "text" && kind !== "refusal") return undefined;
    const key = `${kind} ${index}`;
    let text = this.#texts.get(key);
    if (text === undefined) {
      text = new MessageText(kind, this.#context, () => this.#fields);
      this.#texts.set(key, text);
    }
    this.#last = { kind, index, text };
    return text;
  }

  /** Parts that came in pieces are the message's in their order, whatever indices they were given: servers begin to count at 1, or leave them out. */
  #indicesOf(content: readonly TypedObject[]): readonly number[] {
    const known = [...this.#texts.keys()].map((key) => key.split(" ")).toSorted(([, one], [, other]) => Number(one) - Number(other));
    const areSame = known.length === content.length && content.every((part, position) => kindOf(part) === known[position]?.[0]);
    return areSame ? known.map(([, index]) => Number(index)) : [...content.keys()];
  }
}

function kindOf({ type }: TypedObject): "text" | "refusal" | undefined {
  if (type === "refusal") return "refusal";
  return type === "output_text" || type === "text" ? "text" : undefined;
}
