import type { ChatEvent, JsonObject, ProviderMetadata } from "@chatport/domain";
import { AnswerAssembler, type OpenCall } from "../../../http/answer-assembler.js";
import { opaqueState } from "../opaque-state.js";
import { vendor } from "../vendor.js";

/** What has one part of the answer to say, and state to go with it. */
export interface Speaker {
  /** The opaque state of the part that ends now. */
  takeState(): ProviderMetadata | undefined;
}

/** Who makes the answer. */
export interface Maker {
  /** Scheme, host and port of the server: it alone gets its items back. */
  readonly origin: string;
  /** The model that was asked: it alone gets back what is sealed. */
  readonly model: string;
}

/** The answer, as its output items say it: texts of two speakers are two parts, and a call that was cut is never one to be run. */
export class Speech {
  readonly answer: AnswerAssembler;
  /** The calls that were cut, by the index of their part. */
  readonly #cut = new Set<number>();
  readonly #maker: Maker;
  #speaker: Speaker | undefined;

  constructor(maker: Maker, emit: (event: ChatEvent) => void) {
    this.#maker = maker;
    this.answer = new AnswerAssembler(
      (event) => emit(this.#judged(event)),
      () => this.#speaker?.takeState(),
    );
  }

  say(speaker: Speaker, kind: "text" | "reasoning" | "refusal", text: string): void {
    if (this.#speaker !== speaker) {
      this.answer.closeText();
      this.#speaker = speaker;
    }
    if (kind === "text") this.answer.text(text);
    else if (kind === "reasoning") this.answer.reasoning(text);
    else this.answer.refusal(text);
  }

  /** The speaker has no more to say: its part ends, if it is open. */
  end(speaker: Speaker): void {
    if (this.#speaker !== speaker) return;
    this.answer.closeText();
    this.#speaker = undefined;
  }

  /** Keeps what the port has no word for, as a provider part. */
  keep(data: JsonObject): void {
    this.answer.part({ type: "provider", vendor, data, providerMetadata: this.stateOf({}, data) });
  }

  /**
   * State to echo next turn, marked with the server that made it; that of an item with sealed content with the model, too: another one may be unable to open it,
   * and refuses the request ("The encrypted content for item rs_... could not be verified", github.com/openai/codex/issues/17541).
   */
  stateOf(state: JsonObject, item: JsonObject = {}): ProviderMetadata {
    const { origin, model } = this.#maker;
    return opaqueState(state, origin, isSealed(item) ? model : undefined);
  }

  cut(call: OpenCall): void {
    this.#cut.add(call.index);
  }

  #judged(event: ChatEvent): ChatEvent {
    if (event.type !== "part-end" || event.part.type !== "tool-call" || !this.#cut.has(event.index)) return event;
    const { input: _, ...call } = event.part;
    return { ...event, part: { ...call, type: "invalid-tool-call" } };
  }
}

function isSealed({ encrypted_content: sealed }: JsonObject): boolean {
  return typeof sealed === "string" && sealed !== "";
}
