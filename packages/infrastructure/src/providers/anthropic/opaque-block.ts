import type { JsonObject } from "@chatport/domain";
import { GrowingObject } from "../../http/growing-object.js";
import { parseJson } from "../../http/json.js";
import { TextBuffer } from "../../http/text-buffer.js";

/**
 * A content block that the port has no word for, kept as it comes: a server's tool, or a type that the API adds later. Of its deltas, text adds to text and
 * anything else replaces what was there; pieces of JSON make its `input`.
 */
export class OpaqueBlock {
  readonly #fields = new GrowingObject();
  readonly #input = new TextBuffer();

  constructor(begun: JsonObject) {
    for (const [field, value] of Object.entries(begun)) this.#fields.set(field, value);
  }

  add(delta: JsonObject): void {
    for (const [field, value] of Object.entries(delta)) {
      if (typeof value === "string") this.#fields.addText(field, value);
      else this.#fields.set(field, value);
    }
  }

  addInput(json: string): void {
    this.#input.append(json);
  }

  /** The block with the input that its deltas made. One whose input was cut has no type, so that it is kept and never sent back. */
  toJson(): JsonObject {
    const text = this.#input.toString();
    if (text === "") return this.#fields.toJson();
    const input = parseJson(text);
    if (input === undefined) return { unfinished: this.#fields.toJson(), partial_json: text };
    return { ...this.#fields.toJson(), input };
  }
}
