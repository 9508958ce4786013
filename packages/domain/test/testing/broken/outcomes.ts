import { type ChatEvent, type ChatException, isChatException, NetworkException } from "../../../src/index.js";
import type { ScriptedEnd } from "../../../src/testing/index.js";
import { altering, type BrokenProvider, iterating, misreading, misreadingSteps } from "./broken-provider.js";

const stop: ScriptedEnd = { type: "end", finishReason: "stop" };

/** Rule 1: exactly one terminal outcome, and a truncated answer is never a success. */
export const brokenOutcomes: readonly BrokenProvider[] = [
  mistakes("stop", undefined, ["events/no-parts", "finish/stop", "body/not-streamed", "body/mislabelled", "tools/stop-with-call"]),
  mistakes("length", "stop", ["finish/length", "tools/cut-arguments", "delivery/whole-finish"]),
  mistakes("content-filter", "stop", ["finish/content-filter"]),
  misreadingSteps("demands a finish reason", ["finish/end-marker-alone"], (step) =>
    step.type === "end" && !step.finishReason ? { type: "close" } : step,
  ),
  misreadingSteps("stops reading at the finish reason", ["finish/error-after-reason"], (step, position, { steps }) =>
    step.type === "error" && steps[position - 1]?.type === "end" ? [] : step,
  ),
  misreading("reads on after the end marker", ["finish/server-keeps-connection"], (script) =>
    script.steps.at(-1)?.type === "stall" && script.steps.at(-2)?.type === "end"
      ? { ...script, steps: script.steps.filter(({ type }) => type !== "end") }
      : script,
  ),
  misreadingSteps("reads what stands behind the end marker", ["finish/nothing-after-end-marker"], (step, position, { steps }) =>
    step.type === "end" && steps[position + 1]?.type === "text" ? [] : step,
  ),
  misreadingSteps(
    "takes a clean end for a success",
    [
      "truncated/in-text",
      "secrets/partial",
      "truncated/in-tool-call",
      "truncated/after-tool-call",
      "usage/on-exception",
      "delivery/whole-truncated",
      "truncated/not-asked-again",
    ],
    (step, position) => (step.type === "close" && position > 0 ? stop : step),
  ),
  misreadingSteps("takes a stream that ends at once for an empty answer", ["truncated/before-any-part"], (step, position) =>
    step.type === "close" && position === 0 ? stop : step,
  ),
  misreadingSteps("takes a whole call for the end of its answer", ["truncated/after-tool-call"], (step, position, { steps }) => {
    const before = steps[position - 1];
    return step.type === "close" && before?.type === "tool-call" && before.deltas.at(-1)?.endsWith("}") ? stop : step;
  }),
  misreadingSteps("takes a reset for a clean end", ["truncated/reset"], (step) => (step.type === "reset" ? stop : step)),
  iterating(
    "ends, and throws all the same",
    [
      "truncated/before-any-part",
      "truncated/in-text",
      "secrets/partial",
      "truncated/in-tool-call",
      "truncated/after-tool-call",
      "body/empty",
      "usage/on-exception",
      "delivery/whole-truncated",
      "truncated/not-asked-again",
      "delivery/whole-wrong-body",
    ],
    (events) => endingBeforeTruncation(events),
  ),
  altering(
    "loses what had arrived",
    ["truncated/in-text", "secrets/partial", "truncated/in-tool-call", "usage/on-exception", "truncated/after-tool-call"],
    () => ({
      error: (error) =>
        isChatException(error) && error.code === "truncated"
          ? new NetworkException("truncated", error.message, { provider: error.provider })
          : error,
    }),
  ),
  iterating("asks again behind the first text", ["truncated/not-asked-again"], (first, { fake, request, options }) => {
    let events = first;
    let again = false;
    const next = async (): Promise<IteratorResult<ChatEvent>> => {
      try {
        return await events.next();
      } catch (error) {
        if (again || !isChatException(error) || error.code !== "truncated") throw error;
        again = true;
        events = fake.stream(request, options)[Symbol.asyncIterator]();
        await events.next();
        return await next();
      }
    };
    return { next };
  }),
];

function mistakes(
  from: NonNullable<ScriptedEnd["finishReason"]>,
  to: "stop" | undefined,
  breaks: BrokenProvider["breaks"],
): BrokenProvider {
  return misreadingSteps(`takes ${from} for ${to ?? "no reason"}`, breaks, (step) => {
    if (step.type !== "end" || step.finishReason !== from) return step;
    return to ? { type: "end", finishReason: to } : { type: "end" };
  });
}

/** Yields an end before it throws that there was none. */
function endingBeforeTruncation(events: AsyncIterator<ChatEvent>): Pick<AsyncIterator<ChatEvent>, "next"> {
  let late: ChatException | undefined;
  const next = async (): Promise<IteratorResult<ChatEvent>> => {
    if (late !== undefined) throw late;
    return await events.next().catch((error: unknown) => {
      if (!isChatException(error) || error.code !== "truncated") throw error;
      late = error;
      return { done: false, value: { type: "message-end", finishReason: "other" } };
    });
  };
  return { next };
}
