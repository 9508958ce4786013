import type { TypedObject } from "../models/answer.js";
import type { AnswerItem, ItemContext } from "./answer-item.js";

/** An item that the port has no word for (a server's tool, a compaction, what the API adds tomorrow): kept as it came, as a provider part. */
export class OtherItem implements AnswerItem {
  readonly type: string;
  readonly #context: ItemContext;
  #begun: TypedObject | undefined;
  #isDone = false;

  constructor(type: string, context: ItemContext) {
    this.type = type;
    this.#context = context;
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  begin(item: TypedObject): void {
    this.#begun = item;
  }

  /** Its pieces (code, a call's input, half-made images) are in the item when it is done. */
  add(): void {
    // What shows such pieces live has no event in the port.
  }

  settle(): void {
    // As above.
  }

  done(item: TypedObject): void {
    this.#isDone = true;
    this.#context.speech.keep(item);
  }

  /** One that was cut has no type, so that it is kept and never sent back. */
  end(): void {
    if (this.#begun !== undefined) this.#context.speech.keep({ unfinished: this.#begun });
  }
}
