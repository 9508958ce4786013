import { expect } from "vitest";
import type { ChatEvent } from "../../chat-event.js";
import type { CallOptions } from "../../chat-provider.js";
import type { ScriptedStep } from "../scripted-answer.js";
import type { ContractCaseId } from "./contract-case-ids.js";
import type { ContractCase } from "./contract-case.js";
import { observe, plainRequest, type Rehearsal } from "./observation.js";
import { begin, greet, scriptedCase, stop } from "./scripted-case.js";

const stall: ScriptedStep = { type: "stall" };
const noHeaders: ScriptedStep = { type: "no-headers" };

/** Rule 4: a signal that aborts closes the connection at once, at every moment, and its reason is the outcome. */
export const cancelCases: readonly ContractCase[] = [
  scriptedCase("cancel/before-start", "a signal that has aborted already sends nothing", [greet, stop], async (rehearsal) => {
    const reason = new Error("changed my mind");
    const observation = await rehearsal.observe({ signal: AbortSignal.abort(reason) });
    expect(observation.events).toEqual([]);
    expect(observation.thrown?.error, "The abort's own reason is thrown").toBe(reason);
    expect(rehearsal.requests()).toBe(0);
  }),

  abortWhileWaiting("cancel/before-headers", "before the headers", [noHeaders], {}),
  abortWhileWaiting("cancel/before-first-token", "before the first token", [stall], {}),
  abortWhileWaiting("cancel/between-deltas", "between two deltas", [begin, stall], {}),
  abortWhileWaiting("cancel/whole", "of a whole answer", [noHeaders], { delivery: "whole" }),

  scriptedCase(
    "cancel/while-consumer-holds",
    "a signal that aborts between two reads frees the connection without another read",
    [greet, stall],
    async (rehearsal) => {
      const controller = new AbortController();
      const iterator = await readUntil(rehearsal, "text-delta", { signal: controller.signal });
      controller.abort("enough");
      await rehearsal.promptly(rehearsal.released, "The connection must be freed when the signal aborts");
      await expectReason(rehearsal, iterator, "enough");
    },
  ),

  scriptedCase(
    "cancel/never-complete",
    "an answer that is aborted never completes, even where all of it has arrived",
    [greet, { type: "usage", usage: { inputTokens: 3, outputTokens: 5 } }, stop],
    async (rehearsal) => {
      const controller = new AbortController();
      const reason = { why: "enough" };
      const iterator = await readUntil(rehearsal, "text-delta", { signal: controller.signal });
      controller.abort(reason);
      await expectReason(rehearsal, iterator, reason);
    },
  ),
];

function abortWhileWaiting(id: ContractCaseId, when: string, steps: readonly ScriptedStep[], options: CallOptions): ContractCase {
  return scriptedCase(id, `aborting ${when} throws the signal's reason and frees the connection`, steps, async (rehearsal) => {
    const controller = new AbortController();
    const reason = new Error("changed my mind");
    const stream = rehearsal.provider.stream(plainRequest, { ...options, signal: controller.signal });
    const outcome = observe(seen(stream, rehearsal, () => controller.abort(reason)));
    const observation = await rehearsal.promptly(outcome, "The abort must end the call");
    expect(observation.thrown?.error, "The abort's own reason is thrown").toBe(reason);
    expect(observation.events.map((event) => event.type)).not.toContain("message-end");
    await rehearsal.promptly(rehearsal.released, "The connection must be freed when the signal aborts");
  });
}

/** Passes a stream on, and calls `act` once a read has been pending for a while after the server took the request. */
async function* seen(stream: AsyncIterable<ChatEvent>, rehearsal: Rehearsal, act: () => void): AsyncGenerator<ChatEvent, void, undefined> {
  let quiet = 0;
  const watch = setInterval(() => {
    quiet = rehearsal.requests() > 0 ? quiet + 1 : 0;
    if (quiet === 5) act();
  }, 10);
  try {
    for await (const event of stream) {
      quiet = 0;
      yield event;
    }
  } finally {
    clearInterval(watch);
  }
}

/** Reads until an event of this type has come. */
export async function readUntil(rehearsal: Rehearsal, type: ChatEvent["type"], options: CallOptions): Promise<AsyncIterator<ChatEvent>> {
  const iterator = rehearsal.provider.stream(plainRequest, options)[Symbol.asyncIterator]();
  const read = async (): Promise<void> => {
    for (;;) {
      const result = await iterator.next();
      if (result.done) expect.fail(`The stream ended before ${type}`);
      if (result.value.type === type) return;
    }
  };
  await rehearsal.promptly(read(), `${type} must come`);
  return iterator;
}

/** Reads on: what is left must end with the abort's reason, and never as a success. */
export async function expectReason(rehearsal: Rehearsal, iterator: AsyncIterator<ChatEvent>, reason: unknown): Promise<void> {
  const rest = await rehearsal.promptly(observe({ [Symbol.asyncIterator]: () => iterator }), "The abort must end the call");
  expect(rest.events.map((event) => event.type)).not.toContain("message-end");
  expect(rest.thrown?.error, "The abort's own reason is thrown").toBe(reason);
}
