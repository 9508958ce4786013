import type { ChatEvent } from "../../../src/index.js";
import { altering, type BrokenProvider, garbled, iterating, misreading } from "./broken-provider.js";

/** What has arrived and is not handed out yet: events that came in one piece. */
export const brokenHolding: readonly BrokenProvider[] = [
  iterating("shows what it holds after an abort", ["cancel/held-events"], (events, { script }) => {
    // Usage that is held has a rule of its own.
    if (script.inOnePiece !== true || script.steps.some(({ type }) => type === "usage")) return {};
    let held: Promise<IteratorResult<ChatEvent>> | undefined;
    const next = async (): Promise<IteratorResult<ChatEvent>> => {
      const result = await (held ?? events.next());
      held = events.next();
      held.catch(() => {});
      return result;
    };
    const leave = async (): Promise<IteratorResult<ChatEvent>> => {
      held = undefined;
      return (await events.return?.()) ?? { done: true, value: undefined };
    };
    return { next, return: leave };
  }),
  iterating("shows what it holds after return()", ["cancel/return-with-held-events"], (events, { script }) => {
    let held: ChatEvent | undefined;
    return {
      next: async () => {
        if (held === undefined) return await events.next();
        const value = held;
        held = undefined;
        return { done: false, value };
      },
      return: async () => {
        if (script.inOnePiece) held = { type: "text-delta", index: 0, text: "Hel" };
        return (await events.return?.()) ?? { done: true, value: undefined };
      },
    };
  }),
  altering("loses the usage that it holds when it is aborted", ["usage/held-at-abort"], (_request, { signal }) => ({
    event: (event) => (event.type === "usage" && signal?.aborted ? [] : event),
  })),
  misreading("loses what comes in one piece with something else", ["bytes/in-one-piece"], (script) =>
    script.inOnePiece && script.steps.at(-1)?.type === "end" && script.steps.some(({ type }) => type === "usage")
      ? garbled(script)
      : script,
  ),
  misreading("loses the text that came in one piece with an error", ["errors/takes-nothing-back"], (script) => {
    const last = script.steps.at(-1);
    return script.inOnePiece && last?.type === "error" && last.kind === "unavailable" ? { steps: [last] } : script;
  }),
];
