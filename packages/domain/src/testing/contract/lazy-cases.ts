import { expect } from "vitest";
import type { ContractCase } from "./contract-case.js";
import { completionOf, observe, plainRequest } from "./observation.js";
import { greet, greetingText, scriptedCase, stop } from "./scripted-case.js";

/** The port's promise: single-use and lazy. */
export const lazyCases: readonly ContractCase[] = [
  scriptedCase("lazy/nothing-before-next", "nothing is sent before the first next()", [greet, stop], async (rehearsal) => {
    const iterator = rehearsal.provider.stream(plainRequest)[Symbol.asyncIterator]();
    await settle();
    expect(rehearsal.requests(), "Requests before the first next()").toBe(0);
    await rehearsal.promptly(iterator.next(), "next() must settle");
    expect(rehearsal.requests(), "Requests after the first next()").toBe(1);
    await iterator.return?.();
  }),

  scriptedCase("lazy/one-request", "one answer takes one request", [greet, stop], async (rehearsal) => {
    await completionOf(await rehearsal.observe());
    expect(rehearsal.requests()).toBe(1);
    await rehearsal.promptly(rehearsal.released, "The connection must be freed after the answer");
  }),

  scriptedCase("lazy/single-use", "a second iteration of one stream throws and sends nothing", [greet, stop], async (rehearsal) => {
    const stream = rehearsal.provider.stream(plainRequest);
    const first = await rehearsal.promptly(observe(stream), "The call must come to its end");
    expect((await completionOf(first)).text).toBe(greetingText);
    const second = await rehearsal.promptly(observe(stream), "The second iteration must come to its end");
    expect(second.events).toEqual([]);
    expect(second.thrown?.error, "A second iteration throws, rather than being empty").toBeInstanceOf(Error);
    expect(rehearsal.requests()).toBe(1);
  }),
];

/** Long enough for a request to arrive that should not have been made. */
async function settle(): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, 30);
  });
}
