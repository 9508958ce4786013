import type { Message } from "@chatport/domain";
import { type IdForm, portableIds } from "./portable-ids.js";

/** What an API takes of tool calls. */
export interface CallRules {
  /** What the ids may be; others are rewritten, call and result alike. */
  readonly toolCallId: IdForm;
  /** Whether an invalid call can be echoed verbatim when a result answers it; otherwise the call and its result are left out. */
  readonly invalidCalls: boolean;
}

interface Call {
  /** The id, told apart from those of earlier answers. */
  readonly key: string;
  readonly isInvalid: boolean;
  isAnswered: boolean;
}

/**
 * The ids of a conversation's tool calls as one API takes them. A result belongs to the last call of its id before it: servers that count from zero in every
 * answer use an id again, and a call gets an id of its own then.
 */
export class CallIds {
  readonly #rules: CallRules;
  /** By the message's place, then by the id there. */
  readonly #calls: readonly ReadonlyMap<string, Call>[];
  readonly #portable: (id: string) => string;

  constructor(messages: readonly Message[], rules: CallRules) {
    this.#rules = rules;
    this.#calls = callsOf(messages);
    this.#portable = portableIds(
      this.#calls.flatMap((calls) => [...calls.values()].map(({ key }) => key)),
      rules.toolCallId,
    );
  }

  /** The id to send in place of one in a message, for a call and for a result; undefined when the call is left out. */
  idOf(id: string, message: number): string | undefined {
    const call = this.#calls[message]?.get(id);
    if (call === undefined) return undefined;
    const isLeftOut = call.isInvalid && (!this.#rules.invalidCalls || !call.isAnswered);
    return isLeftOut ? undefined : this.#portable(call.key);
  }
}

function callsOf(messages: readonly Message[]): readonly ReadonlyMap<string, Call>[] {
  const latest = new Map<string, Call>();
  const uses = new KeySource(messages);
  return messages.map((message) => {
    const here = new Map<string, Call>();
    if (message.role === "assistant") {
      for (const part of message.content) {
        if ((part.type !== "tool-call" && part.type !== "invalid-tool-call") || here.has(part.id)) continue;
        here.set(part.id, { key: uses.next(part.id), isInvalid: part.type === "invalid-tool-call", isAnswered: false });
      }
      for (const [id, call] of here) latest.set(id, call);
    } else if (message.role === "tool") {
      for (const { callId } of message.content) {
        const call = latest.get(callId) ?? { key: callId, isInvalid: false, isAnswered: true };
        call.isAnswered = true;
        here.set(callId, call);
      }
    }
    return here;
  });
}

/** Tells calls apart that bear the same id: the first keeps it, a later one gets a number that no other id of the conversation ends in. */
class KeySource {
  readonly #known: Set<string>;
  /** By the id: the number of its latest use. */
  readonly #uses = new Map<string, number>();

  constructor(messages: readonly Message[]) {
    this.#known = new Set(
      messages.flatMap((message) =>
        message.role === "assistant" ? message.content.flatMap((part) => ("id" in part ? [part.id] : [])) : [],
      ),
    );
  }

  next(id: string): string {
    const latest = this.#uses.get(id);
    if (latest === undefined) {
      this.#uses.set(id, 1);
      return id;
    }
    // Not from the beginning: a conversation may use one id in every answer.
    let number = latest + 1;
    while (this.#known.has(`${id}_${number}`)) number++;
    this.#uses.set(id, number);
    const key = `${id}_${number}`;
    this.#known.add(key);
    return key;
  }
}
