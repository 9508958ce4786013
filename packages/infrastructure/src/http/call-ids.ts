import type { AssistantMessage, Message } from "@chatport/domain";
import { type IdForm, portableIds } from "./portable-ids.js";

/** What an API takes of tool calls. */
export interface CallRules {
  /** What the ids may be; others are rewritten, call and result alike. */
  readonly toolCallId: IdForm;
  /** Whether an invalid call can be echoed verbatim when a result answers it; otherwise the call and its result are left out. */
  readonly invalidCalls: boolean;
}

interface Call {
  /** The id, told apart from those of other calls. */
  readonly key: string;
  readonly name: string;
  readonly isInvalid: boolean;
  isAnswered: boolean;
}

/**
 * The ids of a conversation's tool calls as one API takes them. A result belongs to the last answer before it that has a call of its id: servers that count from
 * zero in every answer use an id again, and a call gets an id of its own then. So do calls of one answer that share an id; their results follow by name, then in
 * the calls' order.
 */
export class CallIds {
  readonly #rules: CallRules;
  /** By the message's place, then by the part's. */
  readonly #calls: readonly ReadonlyMap<number, Call>[];
  readonly #portable: (id: string) => string;

  constructor(messages: readonly Message[], rules: CallRules) {
    this.#rules = rules;
    this.#calls = callsOf(messages);
    this.#portable = portableIds(
      this.#calls.flatMap((calls) => [...calls.values()].map(({ key }) => key)),
      rules.toolCallId,
    );
  }

  /** The id to send for the call, or the result, at a place; undefined when the call is left out. */
  idAt(message: number, part: number): string | undefined {
    const call = this.#calls[message]?.get(part);
    if (call === undefined) return undefined;
    const isLeftOut = call.isInvalid && (!this.#rules.invalidCalls || !call.isAnswered);
    return isLeftOut ? undefined : this.#portable(call.key);
  }
}

function callsOf(messages: readonly Message[]): readonly ReadonlyMap<number, Call>[] {
  const latest = new Map<string, readonly Call[]>();
  const uses = new KeySource(messages);
  return messages.map((message) => {
    if (message.role === "assistant") return callsIn(message, uses, latest);
    const here = new Map<number, Call>();
    if (message.role !== "tool") return here;
    for (const [position, { callId, name }] of message.content.entries()) {
      const call = answeredBy(name, latest.get(callId) ?? []) ?? { key: callId, name, isInvalid: false, isAnswered: true };
      call.isAnswered = true;
      here.set(position, call);
    }
    return here;
  });
}

/** The calls of an answer. From now on, results of their ids belong to them. */
function callsIn({ content }: AssistantMessage, uses: KeySource, latest: Map<string, readonly Call[]>): ReadonlyMap<number, Call> {
  const here = new Map<number, Call>();
  const byId = new Map<string, Call[]>();
  for (const [position, part] of content.entries()) {
    if (part.type !== "tool-call" && part.type !== "invalid-tool-call") continue;
    const call = { key: uses.next(part.id), name: part.name, isInvalid: part.type === "invalid-tool-call", isAnswered: false };
    here.set(position, call);
    const same = byId.get(part.id);
    if (same === undefined) byId.set(part.id, [call]);
    else same.push(call);
  }
  for (const [id, calls] of byId) latest.set(id, calls);
  return here;
}

/** Of the calls that share an id the one that a result of this name belongs to. */
function answeredBy(name: string, calls: readonly Call[]): Call | undefined {
  return calls.find((call) => !call.isAnswered && call.name === name) ?? calls.find(({ isAnswered }) => !isAnswered) ?? calls.at(-1);
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
