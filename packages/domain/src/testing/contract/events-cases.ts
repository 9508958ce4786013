import { expect } from "vitest";
import type { ChatEvent } from "../../chat-event.js";
import type { ContractCase } from "./contract-case.js";
import { expectGrammar } from "./event-grammar.js";
import { completionOf, plainRequest } from "./observation.js";
import { greet, greetingText, scriptedCase, stop } from "./scripted-case.js";
import { callOf, callStep, toolRequest } from "./tool-scripts.js";

const deliveries = ["stream", "whole"] as const;

/** What comes, and in which order. */
export const eventsCases: readonly ContractCase[] = [
  scriptedCase("events/grammar", "a stream follows the grammar of events", [greet, stop], async ({ observe }) => {
    const observation = await observe();
    await completionOf(observation);
    expectGrammar(observation.events);
  }),

  scriptedCase("events/text", "the text is what the server said", [greet, stop], async ({ observe }) => {
    const completion = await completionOf(await observe());
    expect(completion.text).toBe(greetingText);
    expect(completion.message.content, "One text is one part").toMatchObject([{ type: "text", text: greetingText }]);
  }),

  scriptedCase(
    "events/reasoning",
    "reasoning comes as a part of its own, apart from the text, of a whole answer too",
    [{ type: "reasoning", deltas: ["Let me ", "think."] }, greet, stop],
    async ({ observe }) => {
      for (const delivery of deliveries) {
        const observation = await observe({ delivery });
        expectGrammar(observation.events);
        const { message } = await completionOf(observation);
        expect(message.content, delivery).toMatchObject([
          { type: "reasoning", text: "Let me think." },
          { type: "text", text: greetingText },
        ]);
      }
    },
  ),

  scriptedCase(
    "events/refusal",
    "a refusal comes as a part of its own, not as text, of a whole answer too",
    [{ type: "refusal", deltas: ["I cannot ", "help."] }, stop],
    async ({ observe }) => {
      for (const delivery of deliveries) {
        const observation = await observe({ delivery });
        expectGrammar(observation.events);
        const { message, text } = await completionOf(observation);
        expect(message.content, delivery).toMatchObject([{ type: "refusal", text: "I cannot help." }]);
        expect(text).toBe("");
      }
    },
  ),

  scriptedCase(
    "events/several-parts",
    "several parts keep their order and their own indices",
    [greet, callStep, { type: "end", finishReason: "tool-calls" }],
    async ({ observe }) => {
      const observation = await observe({}, toolRequest);
      expectGrammar(observation.events);
      const { message } = await completionOf(observation);
      expect(message.content).toMatchObject([{ type: "text", text: greetingText }, callOf(callStep)]);
    },
  ),

  scriptedCase("events/no-parts", "an answer without content is an answer", [stop], async ({ observe }) => {
    const observation = await observe();
    expectGrammar(observation.events);
    const { text, finishReason } = await completionOf(observation);
    expect({ text, finishReason }).toEqual({ text: "", finishReason: "stop" });
  }),

  scriptedCase(
    "events/model",
    "message-start names the model in the server's own words",
    { steps: [greet, stop], model: "scripted-model-2026-11" },
    async ({ observe }) => {
      expect((await completionOf(await observe())).model).toBe("scripted-model-2026-11");
    },
  ),

  scriptedCase("events/live", "a delta comes as soon as the server sent it", [greet, { type: "stall" }], async (rehearsal) => {
    let text = "";
    const read = async (): Promise<void> => {
      for await (const event of rehearsal.provider.stream(plainRequest)) {
        if (event.type === "text-delta") text += event.text;
        if (text === greetingText) return;
      }
    };
    await rehearsal.promptly(read(), "Deltas must come while the answer is under way");
  }),

  scriptedCase("events/nothing-after-end", "an iterator that is done stays done", [greet, stop], async (rehearsal) => {
    const iterator = rehearsal.provider.stream(plainRequest)[Symbol.asyncIterator]();
    const next = (): Promise<IteratorResult<unknown>> => rehearsal.promptly(iterator.next(), "next() must settle");
    for (let result = await next(); !result.done; result = await next());
    expect((await next()).done).toBe(true);
    expect((await next()).done).toBe(true);
  }),

  scriptedCase(
    "events/parallel-reads",
    "a next() that does not wait for the one before gets what comes after it",
    [greet, stop],
    async (rehearsal) => {
      const iterator = rehearsal.provider.stream(plainRequest)[Symbol.asyncIterator]();
      const events: ChatEvent[] = [];
      for (let ended = false; !ended;) {
        const results = await rehearsal.promptly(Promise.all([iterator.next(), iterator.next(), iterator.next()]), "next() must settle");
        events.push(...results.flatMap((result) => (result.done ? [] : [result.value])));
        ended = results.some(({ done }) => done);
      }
      expectGrammar(events);
      expect((await completionOf({ events })).text).toBe(greetingText);
    },
  ),
];
