import { isChatException, ServerException } from "../../../src/index.js";
import type { ScriptedEnd, ScriptedStep } from "../../../src/testing/index.js";
import { like } from "../fake-harness.js";
import { altering, type BrokenProvider, iterating, misreading, misreadingSteps, wrapped } from "./broken-provider.js";

const stop: ScriptedEnd = { type: "end", finishReason: "stop" };

/** Rules 2 and 3: wrong bodies, and errors wherever they come. */
export const brokenFailures: readonly BrokenProvider[] = [
  misreadingSteps("takes a web page for an empty answer", ["body/html", "delivery/whole-wrong-body", "secrets/wrong-body"], (step) =>
    isWrong(step, "html") ? stop : step,
  ),
  misreadingSteps("loses a web page's words", ["body/html", "delivery/whole-wrong-body", "secrets/wrong-body"], (step) =>
    isWrong(step, "html") ? { type: "wrong-body", body: "html" } : step,
  ),
  misreadingSteps(
    "takes a JSON error for an empty answer",
    ["body/json-error", "secrets/wrong-body", "delivery/whole-wrong-body"],
    (step) => (isWrong(step, "json-error") ? stop : step),
  ),
  misreadingSteps("takes an empty body for an empty answer", ["body/empty", "delivery/whole-wrong-body"], (step) =>
    isWrong(step, "empty") ? stop : step,
  ),
  misreading("demands a stream where it asked for one", ["body/not-streamed"], (script) =>
    script.unstreamed ? { steps: [{ type: "close" }] } : script,
  ),
  misreading("believes the content type", ["body/mislabelled"], (script) =>
    script.mislabelled ? { steps: [{ type: "wrong-body", body: "html", message: "Not a stream." }] } : script,
  ),
  misreadingSteps(
    "takes every error for a passing one",
    ["errors/by-status", "errors/in-stream", "errors/retry-after", "errors/from-next", "delivery/whole-error", "models/error"],
    (step) => (step.type === "error" ? { ...step, kind: "unavailable" } : step),
  ),
  misreadingSteps(
    "takes an error inside a stream for a clean end",
    ["finish/error-after-reason", "errors/in-stream", "secrets/error-in-stream", "errors/takes-nothing-back"],
    (step, position) => (step.type === "error" && position > 0 ? { type: "close" } : step),
  ),
  misreadingSteps("takes an error inside a stream for a passing one", ["errors/in-stream"], (step, position) =>
    step.type === "error" && position > 0 ? { ...step, kind: "unavailable" } : step,
  ),
  altering(
    "throws a bare error for a passing one",
    [
      "finish/error-after-reason",
      "errors/by-status",
      "errors/in-stream",
      "secrets/error-by-status",
      "errors/takes-nothing-back",
      "usage/on-exception",
    ],
    () => ({ error: (error) => (isChatException(error) && error.code === "unavailable" ? new Error(error.message) : error) }),
  ),
  altering("names another provider", ["finish/error-after-reason", "errors/by-status", "errors/in-stream", "usage/on-exception"], () => ({
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
  iterating("ends after it has thrown", ["errors/terminal", "cancel/held-events"], (events) => {
    let thrown = false;
    return {
      next: async () => {
        if (thrown) return { done: false, value: { type: "message-end", finishReason: "stop" } };
        return await events.next().catch((error: unknown) => {
          thrown = true;
          throw error;
        });
      },
    };
  }),
  misreadingSteps("passes over an event that it cannot read", ["body/broken-event"], (step) => (step.type === "broken-event" ? [] : step)),
];

function isWrong(step: ScriptedStep, body: string): boolean {
  return step.type === "wrong-body" && step.body === body;
}
