import type { Json, JsonObject } from "@chatport/domain";
import { isJsonList } from "./json.js";
import { TextBuffer } from "./text-buffer.js";

/**
 * A JSON object that a stream tells piece by piece. Its texts and lists are added to in place: making the object anew for each piece would cost as much as all
 * the pieces before it. Fields keep the order in which they came first, and may have any name (`__proto__`).
 */
export class GrowingObject {
  readonly #fields = new Map<string, Json>();
  readonly #texts = new Map<string, TextBuffer>();
  readonly #lists = new Map<string, Json[]>();

  /** Sets a field, whatever it held. */
  set(field: string, value: Json): void {
    this.#texts.delete(field);
    this.#lists.delete(field);
    this.#fields.set(field, value);
  }

  /** Adds to a field's text; a field that holds no text is replaced. */
  addText(field: string, text: string): void {
    const known = this.#texts.get(field);
    if (known !== undefined) return known.append(text);
    const before = this.#fields.get(field);
    const buffer = new TextBuffer();
    if (typeof before === "string") buffer.append(before);
    buffer.append(text);
    // The field takes its place now; its text is put in at the end.
    this.set(field, "");
    this.#texts.set(field, buffer);
  }

  /** Adds to a field's list; a field that holds no list is replaced. */
  addItems(field: string, items: readonly Json[]): void {
    let list = this.#lists.get(field);
    if (list === undefined) {
      const before = this.#fields.get(field);
      list = isJsonList(before) ? [...before] : [];
      this.set(field, list);
      this.#lists.set(field, list);
    }
    // Not spread into one call: a list may be longer than the stack is deep.
    for (const item of items) list.push(item);
  }

  /** The object as it is now. Lists that grow later are not told apart from it: ask at the end. */
  toJson(): JsonObject {
    return Object.fromEntries([...this.#fields].map(([field, value]) => [field, this.#texts.get(field)?.toString() ?? value]));
  }
}
