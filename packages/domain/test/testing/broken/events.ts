import type { ChatEvent } from "../../../src/index.js";
import { altering, type BrokenProvider, iterating, misreading, misreadingSteps } from "./broken-provider.js";

/** The cases that look at the grammar of a whole stream. */
const everyWholeStream: BrokenProvider["breaks"] = [
  "events/grammar",
  "events/reasoning",
  "events/refusal",
  "events/several-parts",
  "events/no-parts",
  "finish/server-keeps-connection",
  "finish/nothing-after-end-marker",
  "tools/call",
  "tools/several-calls",
  "tools/empty-arguments",
  "tools/broken-arguments",
  "tools/minted-ids",
  "tools/bytes",
  "tools/whole",
  "delivery/whole-is-the-same",
];

/** The grammar of events. */
export const brokenEvents: readonly BrokenProvider[] = [
  altering("ends twice", everyWholeStream, () => ({ event: (event) => (event.type === "message-end" ? [event, event] : event) })),
  altering(
    "starts twice",
    [...everyWholeStream, "events/parallel-reads", "cancel/held-events", "cancel/return-with-held-events", "usage/held-at-abort"],
    () => ({ event: (event) => (event.type === "message-start" ? [event, event] : event) }),
  ),
  altering("tells usage after the end", [...everyWholeStream, "usage/cumulative", "usage/not-invented"], () => ({
    event: (event) => (event.type === "message-end" ? [event, { type: "usage", usage: { inputTokens: 1 } }] : event),
  })),
  altering(
    "numbers its parts from one",
    [
      "events/grammar",
      "events/text",
      "events/reasoning",
      "events/refusal",
      "events/several-parts",
      "finish/server-keeps-connection",
      "tools/call",
      "tools/several-calls",
      "tools/empty-arguments",
      "tools/broken-arguments",
      "tools/cut-arguments",
      "tools/minted-ids",
      "tools/whole",
      "delivery/whole-is-the-same",
      "events/parallel-reads",
      "tools/bytes",
      "finish/nothing-after-end-marker",
    ],
    () => ({ event: (event) => ("index" in event ? { ...event, index: event.index + 1 } : event) }),
  ),
  altering(
    "gives every part the index 0",
    ["events/reasoning", "events/several-parts", "tools/several-calls", "tools/minted-ids", "tools/whole", "tools/bytes"],
    () => ({ event: (event) => ("index" in event ? { ...event, index: 0 } : event) }),
  ),
  altering(
    "forgets to end its text parts",
    [
      "events/grammar",
      "events/reasoning",
      "events/several-parts",
      "finish/server-keeps-connection",
      "delivery/whole-is-the-same",
      "events/parallel-reads",
      "tools/whole",
      "finish/nothing-after-end-marker",
    ],
    () => ({ event: (event) => (isTextEnd(event) ? [] : event) }),
  ),
  altering("ends its reasoning with other words than its deltas", ["events/reasoning"], () => ({
    event: (event) =>
      event.type === "part-end" && event.part.type === "reasoning" ? { ...event, part: { ...event.part, text: "" } } : event,
  })),
  altering(
    "does not announce calls",
    [
      "events/several-parts",
      "tools/call",
      "tools/several-calls",
      "tools/broken-arguments",
      "tools/minted-ids",
      "tools/bytes",
      "tools/whole",
    ],
    () => ({ event: (event) => (event.type === "tool-call-start" ? [] : event) }),
  ),
  misreadingSteps(
    "makes a part of every delta",
    [
      "events/text",
      "events/reasoning",
      "events/several-parts",
      "finish/error-after-reason",
      "truncated/in-text",
      "errors/in-stream",
      "tools/whole",
      "body/broken-event",
      "bytes/endless-line",
      "bytes/endless-event",
    ],
    (step) => (step.type === "text" ? step.deltas.map((delta) => ({ type: "text", deltas: [delta] })) : step),
  ),
  misreadingSteps("takes reasoning for text", ["events/reasoning"], (step) =>
    step.type === "reasoning" ? { ...step, type: "text" } : step,
  ),
  misreadingSteps("takes a refusal for text", ["events/refusal"], (step) => (step.type === "refusal" ? { ...step, type: "text" } : step)),
  misreading("puts calls before the text", ["events/several-parts", "tools/whole"], (script) => {
    const rank = (type: string): number => (type === "tool-call" ? 0 : 1);
    return { ...script, steps: script.steps.toSorted((a, b) => rank(a.type) - rank(b.type)) };
  }),
  misreadingSteps("takes an answer without content for a truncated one", ["events/no-parts"], (step, position) =>
    step.type === "end" && position === 0 ? { type: "close" } : step,
  ),
  altering("names the model of its configuration", ["events/model"], () => ({
    event: (event) => (event.type === "message-start" ? { ...event, model: "configured" } : event),
  })),
  altering(
    "keeps everything back until the answer is whole",
    [
      "events/live",
      "cancel/while-consumer-holds",
      "cancel/never-complete",
      "cancel/break",
      "cancel/return-while-waiting",
      "usage/before-abort",
      "events/parallel-reads",
      "truncated/not-asked-again",
      "errors/takes-nothing-back",
      "cancel/held-events",
      "cancel/return-with-held-events",
      "usage/held-at-abort",
    ],
    () => {
      const held: ChatEvent[] = [];
      return { event: (event) => (held.push(event), event.type === "message-end" ? held : []) };
    },
  ),
  iterating("throws when it is read after its end", ["events/nothing-after-end"], (events) => {
    let ended = false;
    return {
      next: async () => {
        if (ended) throw new Error("The stream has ended.");
        const result = await events.next();
        ended = result.done === true;
        return result;
      },
    };
  }),
  iterating("is done for who reads again before an event has come", ["events/parallel-reads"], (events) => {
    let reading = false;
    return {
      next: async () => {
        if (reading) return { done: true, value: undefined };
        reading = true;
        const result = await events.next();
        reading = false;
        return result;
      },
    };
  }),
];

function isTextEnd(event: ChatEvent): boolean {
  return event.type === "part-end" && event.part.type === "text";
}
