import { expect } from "vitest";
import type { ChatEvent } from "../../chat-event.js";
import { readUntil } from "./cancel-cases.js";
import type { ContractCase } from "./contract-case.js";
import { completionOf, observe, plainRequest } from "./observation.js";
import { greet, greetingText, scriptedCase, stop } from "./scripted-case.js";

/** One provider, several streams at once. */
export const concurrencyCases: readonly ContractCase[] = [
  scriptedCase(
    "concurrency/apart",
    "streams that are read in turns do not mix",
    [greet, stop],
    async ({ provider, promptly, requests }) => {
      const streams = Array.from({ length: 3 }, () => {
        const events: ChatEvent[] = [];
        return { events, iterator: provider.stream(plainRequest)[Symbol.asyncIterator](), done: false };
      });
      const readInTurns = async (): Promise<void> => {
        while (streams.some(({ done }) => !done)) {
          for (const stream of streams.filter(({ done }) => !done)) {
            const result = await stream.iterator.next();
            if (result.done) stream.done = true;
            else stream.events.push(result.value);
          }
        }
      };
      await promptly(readInTurns(), "All streams must come to their ends");
      for (const { events } of streams) expect((await completionOf({ events })).text).toBe(greetingText);
      expect(requests()).toBe(3);
    },
  ),

  scriptedCase("concurrency/cancel-one", "leaving one stream leaves the others alone", [greet, stop], async (rehearsal) => {
    const left = await readUntil(rehearsal, "text-delta", {});
    const other = rehearsal.provider.stream(plainRequest)[Symbol.asyncIterator]();
    const first = await rehearsal.promptly(other.next(), "next() must settle");
    await left.return?.();
    const rest = await rehearsal.promptly(observe({ [Symbol.asyncIterator]: () => other }), "The other stream must come to its end");
    const events = first.done ? [] : [first.value, ...rest.events];
    expect((await completionOf({ ...rest, events })).text).toBe(greetingText);
  }),
];
