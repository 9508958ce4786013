import { expect } from "vitest";
import type { ChatEvent, Usage } from "../../chat-event.js";
import type { CallOptions } from "../../chat-provider.js";
import type { ScriptedStep } from "../scripted-answer.js";
import type { ContractCaseId } from "./contract-case-ids.js";
import type { ContractCase } from "./contract-case.js";
import { completionOf, observe, plainRequest, rehearse, type Rehearsal } from "./observation.js";
import { begin, greet, scriptedCase, stop } from "./scripted-case.js";
import { watchedSignal } from "./watched-signal.js";

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

  {
    id: "cancel/held-events",
    title: "events that had arrived and were not read yet are dropped by an abort, also long after the connection is free",
    run: async (harness) => {
      for (const waitMs of [0, 60]) {
        await rehearse(harness, { steps: [greet, stop], inOnePiece: true }, async (rehearsal) => {
          const controller = new AbortController();
          const iterator = await readUntil(rehearsal, "message-start", { signal: controller.signal });
          if (waitMs > 0) await new Promise<void>((resolve) => setTimeout(resolve, waitMs));
          controller.abort("enough");
          await expectReason(rehearsal, iterator, "enough");
          expect((await rehearsal.promptly(iterator.next(), "next() must settle")).done, "After the reason the iterator is done").toBe(
            true,
          );
        });
      }
    },
  },

  scriptedCase("cancel/leaves-no-listener", "a call that is over listens to its signal no more", [greet, stop], async (rehearsal) => {
    const watched = watchedSignal();
    await completionOf(await rehearsal.observe({ signal: watched.signal }));
    expect(watched.listeners(), "Listeners after an answer").toBe(0);
    const iterator = await readUntil(rehearsal, "text-delta", { signal: watched.signal });
    await iterator.return?.();
    expect(watched.listeners(), "Listeners after the consumer left").toBe(0);
  }),
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

/** Reads on after an abort: usage that had arrived may come, nothing else, and then the abort's reason. Gives the usage. */
export async function expectReason(rehearsal: Rehearsal, iterator: AsyncIterator<ChatEvent>, reason: unknown): Promise<readonly Usage[]> {
  const rest = await rehearsal.promptly(observe({ [Symbol.asyncIterator]: () => iterator }), "The abort must end the call");
  const usage = rest.events.filter((event) => event.type === "usage");
  expect(rest.events, "After an abort nothing comes but usage that had arrived").toEqual(usage);
  expect(rest.thrown?.error, "The abort's own reason is thrown").toBe(reason);
  return usage.map((event) => event.usage);
}
