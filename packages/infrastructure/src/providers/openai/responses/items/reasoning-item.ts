import type { ProviderMetadata } from "@chatport/domain";
import { reasoningItemSchema, textPartSchema, type TypedObject } from "../models/answer.js";
import type { Speaker } from "../speech.js";
import { SpokenText } from "../spoken-text.js";
import type { AnswerItem, ItemContext, TextKind } from "./answer-item.js";

type ThoughtKind = Extract<TextKind, "summary" | "reasoning">;

interface Section {
  readonly kind: ThoughtKind;
  readonly text: SpokenText;
}

/**
 * What the model thought: one reasoning part of the parts of its summary, with a blank line between, or of the reasoning itself where a server sends that. The
 * whole item is its state, as it goes back whole; one without any text to show is an empty part.
 */
export class ReasoningItem implements AnswerItem, Speaker {
  readonly type = "reasoning";
  readonly #context: ItemContext;
  readonly #sections = new Map<string, Section>();
  #speaking: string | undefined;
  #begun: TypedObject | undefined;
  #item: TypedObject | undefined;
  #isCarried = false;

  constructor(context: ItemContext) {
    this.#context = context;
  }

  get isDone(): boolean {
    return this.#item !== undefined;
  }

  begin(item: TypedObject): void {
    this.#begun = item;
  }

  add(kind: TextKind, index: number, piece: string): void {
    if (isThought(kind)) this.#at(kind, index).text.add(piece);
  }

  settle(kind: TextKind, index: number, text: string): void {
    if (isThought(kind)) this.#at(kind, index).text.settle(text);
  }

  part(index: number, part: TypedObject, isDone: boolean): void {
    const kind = part.type === "summary_text" ? "summary" : "reasoning";
    const { text } = this.#context.read(textPartSchema, part);
    if (isDone) this.#at(kind, index).text.settle(text ?? "");
    else this.#at(kind, index).text.begin(text ?? "");
  }

  done(item: TypedObject): void {
    this.#tell(item);
    this.#item = item;
    const { speech } = this.#context;
    speech.end(this);
    const providerMetadata = this.takeState();
    if (providerMetadata !== undefined) speech.answer.part({ type: "reasoning", text: "", providerMetadata });
  }

  end(): void {
    if (this.#begun !== undefined) this.#tell(this.#begun);
    for (const { text } of this.#sections.values()) text.end();
    this.#context.speech.end(this);
  }

  /** An item that is not done cannot be sent back; nor is one kept twice. */
  takeState(): ProviderMetadata | undefined {
    this.#speaking = undefined;
    if (this.#item === undefined || this.#isCarried) return undefined;
    this.#isCarried = true;
    return this.#context.speech.stateOf({ item: this.#item }, this.#item);
  }

  /** Says what of the item has not come in pieces: of the kinds that have begun, or of the summary, or of the reasoning where there is none. */
  #tell(item: TypedObject): void {
    const { summary, content } = this.#context.read(reasoningItemSchema, item);
    const parts = { summary: summary ?? [], reasoning: content ?? [] };
    const begun = new Set([...this.#sections.values()].flatMap(({ kind, text }) => (text.isBegun ? [kind] : [])));
    const usual: ThoughtKind = parts.summary.length > 0 ? "summary" : "reasoning";
    for (const kind of begun.size > 0 ? begun : [usual]) {
      for (const [index, part] of parts[kind].entries()) {
        this.#at(kind, index).text.settle(this.#context.read(textPartSchema, part).text ?? "");
      }
    }
  }

  #at(kind: ThoughtKind, index: number): Section {
    const key = `${kind} ${index}`;
    let section = this.#sections.get(key);
    if (section === undefined) {
      section = { kind, text: new SpokenText((text) => this.#say(key, text)) };
      this.#sections.set(key, section);
    }
    return section;
  }

  #say(key: string, text: string): void {
    const { speech } = this.#context;
    if (this.#speaking !== undefined && this.#speaking !== key) speech.say(this, "reasoning", "\n\n");
    this.#speaking = key;
    speech.say(this, "reasoning", text);
  }
}

function isThought(kind: TextKind): kind is ThoughtKind {
  return kind === "summary" || kind === "reasoning";
}
