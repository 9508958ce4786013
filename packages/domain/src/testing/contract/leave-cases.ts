import { expect } from "vitest";
import type { ScriptedStep } from "../scripted-answer.js";
import { readUntil } from "./cancel-cases.js";
import type { ContractCase } from "./contract-case.js";
import { plainRequest, rehearse, type Rehearsal } from "./observation.js";
import { begin, greet, scriptedCase, stop } from "./scripted-case.js";

const stall: ScriptedStep = { type: "stall" };

/** Rule 4 again: leaving the loop cancels as a signal does. */
export const leaveCases: readonly ContractCase[] = [
  scriptedCase("cancel/break", "leaving the loop frees the connection", [greet, stall], async (rehearsal) => {
    const loop = async (): Promise<void> => {
      for await (const event of rehearsal.provider.stream(plainRequest)) {
        if (event.type === "text-delta") break;
      }
    };
    await rehearsal.promptly(loop(), "break must leave the loop");
    await rehearsal.promptly(rehearsal.released, "The connection must be freed when the loop is left");
  }),

  scriptedCase("cancel/return-before-start", "return() before the first next() sends nothing, ever", [greet, stop], async (rehearsal) => {
    const iterator = rehearsal.provider.stream(plainRequest)[Symbol.asyncIterator]();
    await leave(rehearsal, iterator);
    expect((await rehearsal.promptly(iterator.next(), "next() must settle")).done).toBe(true);
    expect(rehearsal.requests()).toBe(0);
  }),

  scriptedCase(
    "cancel/return-before-headers",
    "return() before the headers settles the pending next() and frees the connection",
    [{ type: "no-headers" }],
    async (rehearsal) => {
      const iterator = rehearsal.provider.stream(plainRequest)[Symbol.asyncIterator]();
      const pending = settled(iterator.next());
      await rehearsal.promptly(requestTaken(rehearsal), "The server must see the request");
      await leave(rehearsal, iterator);
      await rehearsal.promptly(pending, "The pending next() must settle");
      await rehearsal.promptly(rehearsal.released, "The connection must be freed by return()");
    },
  ),

  scriptedCase(
    "cancel/return-while-waiting",
    "return() while a next() waits for the next delta settles both and frees the connection",
    [begin, stall],
    async (rehearsal) => {
      const iterator = await readUntil(rehearsal, "text-delta", {});
      const pending = settled(iterator.next());
      await leave(rehearsal, iterator);
      expect(await rehearsal.promptly(pending, "The pending next() must settle"), "Leaving is not completing").not.toBe("message-end");
      await rehearsal.promptly(rehearsal.released, "The connection must be freed by return()");
    },
  ),

  {
    id: "cancel/return-with-held-events",
    title: "after return() nothing comes that had arrived and was not read, neither an event nor an error",
    run: async (harness) => {
      for (const last of [stop, stall, { type: "error", kind: "invalid-request", message: "No." }] satisfies readonly ScriptedStep[]) {
        await rehearse(harness, { steps: [greet, last], inOnePiece: true }, async (rehearsal) => {
          const iterator = await readUntil(rehearsal, "message-start", {});
          await leave(rehearsal, iterator);
          expect(await rehearsal.promptly(iterator.next(), "next() must settle after return()")).toEqual({ done: true, value: undefined });
          await rehearsal.promptly(rehearsal.released, "The connection must be freed by return()");
        });
      }
    },
  },
];

async function leave(rehearsal: Rehearsal, iterator: AsyncIterator<unknown>): Promise<void> {
  if (iterator.return === undefined) expect.fail("The iterator has a return(), or leaving a loop could not cancel");
  expect((await rehearsal.promptly(iterator.return(), "return() must settle")).done).toBe(true);
}

/** The type of event that a pending `next()` brought; undefined when it was done or threw, which are both fine once the consumer has left. */
async function settled(pending: Promise<IteratorResult<{ readonly type: string }>>): Promise<string | undefined> {
  try {
    const result = await pending;
    return result.done ? undefined : result.value.type;
  } catch {
    return undefined;
  }
}

async function requestTaken(rehearsal: Rehearsal): Promise<void> {
  while (rehearsal.requests() === 0) {
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}
