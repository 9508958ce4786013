import { jsonItemSources, jsonSource } from "./json-source.js";

/**
 * The source text of a value inside of a JSON text, and of what it holds. It is cut out when somebody asks, which for most events of a stream nobody does, and
 * once: whoever walks a value by its members and items reads each level of the text a single time, however many items there are.
 */
export class SourceText {
  /** That of no value, which holds nothing. */
  static readonly none: SourceText = new SourceText(undefined);

  readonly #cut: (() => string | undefined) | undefined;
  #text: { readonly value: string | undefined } | undefined;
  #items: readonly string[] | undefined;

  private constructor(cut: (() => string | undefined) | undefined) {
    this.#cut = cut;
  }

  /** @param text valid JSON */
  static of(text: string): SourceText {
    return new SourceText(() => text);
  }

  /** The text exactly as received; undefined where there is no such value. */
  get text(): string | undefined {
    this.#text ??= { value: this.#cut?.() };
    return this.#text.value;
  }

  /** The value under a key. Keep it to ask it again: each call looks for the key anew. */
  member(key: string): SourceText {
    if (this.#cut === undefined) return this;
    return new SourceText(() => (this.text === undefined ? undefined : jsonSource(this.text, [key])));
  }

  /** The value at a position of an array. */
  item(position: number): SourceText {
    if (this.#cut === undefined) return this;
    return new SourceText(() => {
      this.#items ??= jsonItemSources(this.text ?? "");
      return this.#items[position];
    });
  }
}
