import type { ChatEvent } from "../chat-event.js";
import type { Json } from "../json.js";
import { type AssistantMessage, assistantMessage, type AssistantPart } from "../message.js";
import type { ScriptedStep } from "./scripted-answer.js";

/** A scripted step that makes a part. */
export type PartStep = Extract<ScriptedStep, { readonly deltas: readonly string[] }>;

/** The parts of one answer while it is generated: at most one is open, the last. */
export class PartAssembly {
  readonly #done: AssistantPart[] = [];
  readonly #mintId: () => string;
  #open: { readonly step: PartStep; readonly id: string; received: string } | undefined;

  /** `mintId` names the calls that come without an id. */
  constructor(mintId: () => string) {
    this.#mintId = mintId;
  }

  /** Opens a part; a tool call says so at once. */
  *open(step: PartStep): Generator<ChatEvent, void, undefined> {
    const id = step.type === "tool-call" ? step.id || this.#mintId() : "";
    this.#open = { step, id, received: "" };
    if (step.type === "tool-call") yield { type: "tool-call-start", index: this.#done.length, id, name: step.name };
  }

  /** One delta of the open part. */
  delta(piece: string): ChatEvent {
    const open = this.#open;
    if (open === undefined) throw new Error("No part is open.");
    open.received += piece;
    const index = this.#done.length;
    return open.step.type === "tool-call"
      ? { type: "tool-call-delta", index, json: piece }
      : { type: `${open.step.type}-delta`, index, text: piece };
  }

  /** Ends the open part, if one is open. */
  *close(): Generator<ChatEvent, void, undefined> {
    if (this.#open === undefined) return;
    const part = this.#current(true);
    this.#open = undefined;
    this.#done.push(part);
    yield { type: "part-end", index: this.#done.length - 1, part };
  }

  /** Whether the model called a tool. */
  get holdsCall(): boolean {
    return this.#done.some((part) => part.type === "tool-call");
  }

  /** What has arrived, for an exception; undefined when nothing has. */
  get partial(): AssistantMessage | undefined {
    const parts = this.#open?.received ? [...this.#done, this.#current(false)] : this.#done;
    return parts.length === 0 ? undefined : assistantMessage([...parts]);
  }

  #current(whole: boolean): AssistantPart {
    const open = this.#open;
    if (open === undefined) throw new Error("No part is open.");
    if (open.step.type !== "tool-call") return { type: open.step.type, text: open.received };
    const call = { id: open.id, name: open.step.name, json: open.received };
    const input = whole ? parseArguments(open.received) : undefined;
    return input === undefined ? { type: "invalid-tool-call", ...call } : { type: "tool-call", ...call, input };
  }
}

const parseJson: (text: string) => Json = JSON.parse;

function parseArguments(json: string): Json | undefined {
  if (json === "") return {};
  try {
    return parseJson(json);
  } catch {
    return undefined;
  }
}
