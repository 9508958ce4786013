import type { Json, JsonObject, ProviderMetadata } from "@chatport/domain";
import type { Speaker } from "../speech.js";
import { SpokenText } from "../spoken-text.js";
import type { ItemContext } from "./answer-item.js";

/** One text or refusal of a message: a part of the answer, with the message's own fields as its state. */
export class MessageText implements Speaker {
  readonly text: SpokenText;
  readonly #context: ItemContext;
  readonly #fields: () => JsonObject;
  #annotations: Json[] = [];
  #logprobs: Json[] = [];
  #annotationsTaken = 0;

  /** @param fields tells the fields of the message as they are known */
  constructor(kind: "text" | "refusal", context: ItemContext, fields: () => JsonObject) {
    this.#context = context;
    this.#fields = fields;
    this.text = new SpokenText((text) => context.speech.say(this, kind, text));
  }

  attach(what: "annotations" | "logprobs", values: readonly Json[]): void {
    const list = what === "annotations" ? this.#annotations : this.#logprobs;
    for (const value of values) list.push(value);
  }

  /** What the final text brings of both; a list that is empty says nothing. */
  replace(annotations: readonly Json[], logprobs: readonly Json[]): void {
    if (annotations.length > 0) this.#annotations = [...annotations];
    if (logprobs.length > 0) this.#logprobs = [...logprobs];
  }

  takeState(): ProviderMetadata | undefined {
    const item = this.#fields();
    const annotations = this.#annotations.slice(this.#annotationsTaken);
    this.#annotationsTaken = this.#annotations.length;
    const logprobs = this.#logprobs;
    this.#logprobs = [];
    const { final } = this.text;
    // The item is there even if nothing is known of it: it marks the state as one of this API.
    const state: JsonObject = {
      item,
      ...(annotations.length > 0 && { annotations }),
      ...(logprobs.length > 0 && { logprobs }),
      ...(final !== undefined && { final }),
    };
    const isEmpty = Object.keys(item).length === 0 && Object.keys(state).length === 1;
    return isEmpty ? undefined : this.#context.speech.stateOf(state);
  }

  /** Nothing more comes. Citations that came when their part had ended already are kept with an empty one. */
  end(): void {
    const { speech } = this.#context;
    this.text.end();
    speech.end(this);
    if (this.#annotations.length === this.#annotationsTaken) return;
    const providerMetadata = this.takeState();
    speech.answer.part({ type: "text", text: "", ...(providerMetadata !== undefined && { providerMetadata }) });
  }
}
