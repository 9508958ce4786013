import type { AssistantPart, JsonObject, Message, ProviderMetadata, ProviderPart, ToolResultPart } from "@chatport/domain";
import { CallIds, type CallRules } from "./call-ids.js";

/** What of a conversation an API can take back, when another provider, or another server of the same API, made parts of it. */
export interface HistoryRules extends CallRules {
  /** The key of the opaque state that this API reads. */
  readonly vendor: string;
  /** Scheme, host and port of the server that is asked. Opaque state goes back to the origin that made it, and to no other. */
  readonly origin: string;
  /** The model that is asked: state that names the model which made it goes back to no other one. Default: state goes to whatever model of its origin. */
  readonly model?: string;
  /** `own`: reasoning that carries this origin's state is sent back; `text`: anybody's reasoning text may be; `none`. */
  readonly reasoning: "own" | "text" | "none";
  /** Whether a refusal has a form of its own; otherwise it is sent as text. */
  readonly refusals: boolean;
  /** Which of its own provider parts a request has a place for. Default: all of them. */
  readonly takesProviderPart?: (part: ProviderPart) => boolean;
  /** Which opaque state of its own vendor and origin the API reads, where a vendor has several APIs. Default: all of it. */
  readonly takesState?: (state: JsonObject, type: AssistantPart["type"]) => boolean;
}

/** One thing that a provider would not be told. Positions are those in the conversation that was given. */
export interface HistoryLoss {
  readonly message: number;
  readonly part: number;
  readonly what: "reasoning" | "provider-part" | "invalid-tool-call" | "tool-result" | "state";
  /** For people. */
  readonly reason: string;
}

/**
 * Translates a conversation for one API, and tells what the translation leaves out. Pure, and the same for the caller that asks beforehand and the adapter that
 * sends: so what is told is what happens. Messages keep their places; an answer that is left with nothing stays as one without parts, which an adapter passes
 * over. The marks of origin and model are taken off: they are not for the wire.
 */
export function adaptHistory(
  messages: readonly Message[],
  rules: HistoryRules,
): { readonly messages: readonly Message[]; readonly losses: readonly HistoryLoss[] } {
  const adapter = new HistoryAdapter(messages, rules);
  return { messages: messages.map((message, index) => adapter.message(message, index)), losses: adapter.losses };
}

/**
 * Marks opaque state with the server that made it.
 *
 * @param model the model that made it, where the state is of use to no other. Rules that name a model read the mark.
 */
export function stateOf(vendor: string, origin: string, state: JsonObject, model?: string): ProviderMetadata {
  return { [vendor]: { ...state, ...(model !== undefined && { model }), origin } };
}

interface Position {
  readonly message: number;
  readonly part: number;
}

class HistoryAdapter {
  readonly losses: HistoryLoss[] = [];
  readonly #rules: HistoryRules;
  readonly #calls: CallIds;

  constructor(messages: readonly Message[], rules: HistoryRules) {
    this.#rules = rules;
    this.#calls = new CallIds(messages, rules);
  }

  message(message: Message, index: number): Message {
    if (message.role === "assistant") {
      return { ...message, content: message.content.flatMap((part, position) => this.#part(part, { message: index, part: position })) };
    }
    if (message.role !== "tool") return message;
    return { ...message, content: message.content.flatMap((result, position) => this.#result(result, { message: index, part: position })) };
  }

  #result(result: ToolResultPart, at: Position): ToolResultPart[] {
    const callId = this.#calls.idAt(at.message, at.part);
    if (callId !== undefined) return [{ ...result, callId }];
    this.#lose(at, "tool-result", `The call that it answers ("${result.name}") is left out.`);
    return [];
  }

  #part(part: AssistantPart, at: Position): AssistantPart[] {
    if (part.type === "provider") return this.#providerPart(part, at);
    const own = this.#withOwnState(part, at);
    switch (own.type) {
      case "text":
        return isHollow(own, part) ? [] : [own];
      case "refusal":
        return [this.#rules.refusals ? own : { ...own, type: "text" }];
      case "reasoning":
        if (this.#takesReasoning(own)) return isHollow(own, part) ? [] : [own];
        // An empty one held nothing but state, which has been told already.
        if (own.text !== "") this.#lose(at, "reasoning", "The API takes back no reasoning but what bears the state of its own server.");
        return [];
      case "tool-call": {
        const id = this.#calls.idAt(at.message, at.part);
        return id === undefined ? [] : [{ ...own, id }];
      }
      case "invalid-tool-call": {
        const id = this.#rules.invalidCalls ? this.#calls.idAt(at.message, at.part) : undefined;
        if (id !== undefined) return [{ ...own, id }];
        this.#lose(at, "invalid-tool-call", `The arguments of "${own.name}" are cut or broken, and the call was never run.`);
        return [];
      }
      default:
        // A kind that only a caller without types can make: the adapter's mapping refuses it.
        return [own satisfies never];
    }
  }

  #takesReasoning({ providerMetadata }: AssistantPart): boolean {
    const { reasoning } = this.#rules;
    return reasoning === "text" || (reasoning === "own" && providerMetadata !== undefined);
  }

  #providerPart(part: ProviderPart, at: Position): AssistantPart[] {
    const { vendor, takesProviderPart } = this.#rules;
    if (part.vendor !== vendor) return this.#leaveOut(at, `It is a part of ${part.vendor}'s own.`);
    if (!this.#isOwn(part.providerMetadata?.[vendor]))
      return this.#leaveOut(at, "It is sent back only to the server and model that made it.");
    if (takesProviderPart?.(part) === false) return this.#leaveOut(at, "A request has no place for it.");
    return [this.#withOwnState(part, at)];
  }

  #leaveOut(at: Position, reason: string): [] {
    this.#lose(at, "provider-part", reason);
    return [];
  }

  /** Leaves of a part's opaque state what this origin made. */
  #withOwnState<Part extends AssistantPart>(part: Part, at: Position): Part {
    const { providerMetadata } = part;
    if (providerMetadata === undefined) return part;
    const own = providerMetadata[this.#rules.vendor];
    const isTaken = own !== undefined && (part.type === "provider" || this.#rules.takesState?.(own, part.type) !== false);
    const isKept = isTaken && this.#isOwn(own);
    if (Object.keys(providerMetadata).length > (isKept ? 1 : 0)) {
      this.#lose(at, "state", `Opaque state is sent back only to the ${isKept ? "server" : this.#makerOf(own)} that made it.`);
    }
    const kept = { ...part, providerMetadata: { [this.#rules.vendor]: this.#unmarked(own ?? {}) } };
    if (!isKept) Reflect.deleteProperty(kept, "providerMetadata");
    return kept;
  }

  /** Whose state that is which is not taken. */
  #makerOf(state: JsonObject | undefined): "server" | "model" | "API" {
    if (state === undefined || !this.#isOfOrigin(state)) return "server";
    return this.#isOfModel(state) ? "API" : "model";
  }

  #isOwn(state: JsonObject | undefined): boolean {
    return this.#isOfOrigin(state) && this.#isOfModel(state);
  }

  /** State without an origin is anybody's of its vendor: applications set such by hand. */
  #isOfOrigin(state: JsonObject | undefined): boolean {
    return state?.["origin"] === undefined || state["origin"] === this.#rules.origin;
  }

  #isOfModel(state: JsonObject | undefined): boolean {
    const { model } = this.#rules;
    return model === undefined || state?.["model"] === undefined || state["model"] === model;
  }

  /** Where the rules know of no models, a field of that name is the vendor's own. */
  #unmarked({ origin: _origin, ...state }: JsonObject): JsonObject {
    if (this.#rules.model === undefined) return state;
    const { model: _model, ...rest } = state;
    return rest;
  }

  #lose(at: Position, what: HistoryLoss["what"], reason: string): void {
    this.losses.push({ ...at, what, reason });
  }
}

/** Whether a part was there for its state alone, and that is gone. */
function isHollow(part: { readonly text: string; readonly providerMetadata?: ProviderMetadata }, before: AssistantPart): boolean {
  return part.text === "" && part.providerMetadata === undefined && before.providerMetadata !== undefined;
}
