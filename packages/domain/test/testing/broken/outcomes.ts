import { type ChatEvent, type ChatException, isChatException, NetworkException, ServerException } from "../../../src/index.js";
import type { ScriptedEnd, ScriptedStep } from "../../../src/testing/index.js";
import { like } from "../fake-harness.js";
import { altering, type BrokenProvider, misreading, misreadingSteps, wrapped } from "./broken-provider.js";

const stop: ScriptedEnd = { type: "end", finishReason: "stop" };

/** Rules 1, 2 and 3. */
export const brokenOutcomes: readonly BrokenProvider[] = [
  mistakes("stop", undefined, ["events/no-parts", "finish/stop", "body/not-streamed", "body/mislabelled", "tools/stop-with-call"]),
  mistakes("length", "stop", ["finish/length", "tools/cut-arguments"]),
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
  misreadingSteps(
    "takes a clean end for a success",
    [
      "truncated/in-text",
      "secrets/partial",
      "truncated/in-tool-call",
      "truncated/after-tool-call",
      "usage/on-exception",
      "delivery/whole-truncated",
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
  wrapped(
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
    ],
    (fake) =>
      like(fake, {
        stream: (request, options) => {
          const stream = fake.stream(request, options);
          return { [Symbol.asyncIterator]: () => endingBeforeTruncation(stream[Symbol.asyncIterator]()) };
        },
      }),
  ),
  altering("loses what had arrived", ["truncated/in-text", "secrets/partial", "truncated/in-tool-call", "usage/on-exception"], () => ({
    error: (error) =>
      isChatException(error) && error.code === "truncated"
        ? new NetworkException("truncated", error.message, { provider: error.provider })
        : error,
  })),
  misreadingSteps("takes a web page for an empty answer", ["body/html", "delivery/whole-wrong-body", "secrets/wrong-body"], (step) =>
    isWrong(step, "html") ? stop : step,
  ),
  misreadingSteps("loses a web page's words", ["body/html", "delivery/whole-wrong-body", "secrets/wrong-body"], (step) =>
    isWrong(step, "html") ? { type: "wrong-body", body: "html" } : step,
  ),
  misreadingSteps("takes a JSON error for an empty answer", ["body/json-error", "secrets/wrong-body"], (step) =>
    isWrong(step, "json-error") ? stop : step,
  ),
  misreadingSteps("takes an empty body for an empty answer", ["body/empty"], (step) => (isWrong(step, "empty") ? stop : step)),
  misreading("demands a stream where it asked for one", ["body/not-streamed"], (script) =>
    script.unstreamed ? { steps: [{ type: "close" }] } : script,
  ),
  misreading("believes the content type", ["body/mislabelled"], (script) =>
    script.mislabelled ? { steps: [{ type: "wrong-body", body: "html", message: "Not a stream." }] } : script,
  ),
  misreadingSteps(
    "takes every error for a passing one",
    ["errors/by-status", "errors/in-stream", "errors/retry-after", "errors/from-next", "delivery/whole-error"],
    (step) => (step.type === "error" ? { ...step, kind: "unavailable" } : step),
  ),
  misreadingSteps(
    "takes an error inside a stream for a clean end",
    ["finish/error-after-reason", "errors/in-stream", "secrets/error-in-stream"],
    (step, position) => (step.type === "error" && position > 0 ? { type: "close" } : step),
  ),
  misreadingSteps("takes an error inside a stream for a passing one", ["errors/in-stream"], (step, position) =>
    step.type === "error" && position > 0 ? { ...step, kind: "unavailable" } : step,
  ),
  altering(
    "throws a bare error for a passing one",
    ["finish/error-after-reason", "errors/by-status", "errors/in-stream", "secrets/error-by-status"],
    () => ({ error: (error) => (isChatException(error) && error.code === "unavailable" ? new Error(error.message) : error) }),
  ),
  altering("names another provider", ["finish/error-after-reason", "errors/by-status", "errors/in-stream"], () => ({
    error: (error) =>
      isChatException(error) && error.code === "unavailable"
        ? new ServerException("unavailable", error.message, { provider: "somebody", status: 503 })
        : error,
  })),
  misreadingSteps("does not read how long to wait", ["errors/retry-after"], (step) =>
    step.type === "error" ? { type: "error", kind: step.kind, message: step.message } : step,
  ),
  wrapped(
    "throws from stream()",
    ["errors/by-status", "errors/retry-after", "errors/from-next", "delivery/whole-error", "secrets/error-by-status"],
    (fake, script) =>
      like(fake, {
        stream: (request, options) => {
          if (script.steps[0]?.type === "error") throw new ServerException("unavailable", script.steps[0].message, { provider: fake.name });
          return fake.stream(request, options);
        },
      }),
  ),
  wrapped("ends after it has thrown", ["errors/terminal"], (fake) =>
    like(fake, {
      stream: (request, options) => {
        const stream = fake.stream(request, options);
        return {
          [Symbol.asyncIterator]: () => {
            const events = stream[Symbol.asyncIterator]();
            let thrown = false;
            return {
              ...events,
              next: async () => {
                if (thrown) return { done: false, value: { type: "message-end", finishReason: "stop" } };
                return await events.next().catch((error: unknown) => {
                  thrown = true;
                  throw error;
                });
              },
            };
          },
        };
      },
    }),
  ),
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

function isWrong(step: ScriptedStep, body: string): boolean {
  return step.type === "wrong-body" && step.body === body;
}

/** Yields an end before it throws that there was none. */
function endingBeforeTruncation(events: AsyncIterator<ChatEvent>): AsyncIterator<ChatEvent> {
  let late: ChatException | undefined;
  const next = async (): Promise<IteratorResult<ChatEvent>> => {
    if (late !== undefined) throw late;
    return await events.next().catch((error: unknown) => {
      if (!isChatException(error) || error.code !== "truncated") throw error;
      late = error;
      return { done: false, value: { type: "message-end", finishReason: "other" } };
    });
  };
  return { ...events, next };
}
