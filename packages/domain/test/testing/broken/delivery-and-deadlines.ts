import {
  type CallOptions,
  type ChatEvent,
  type ChatException,
  type ChatExceptionDetails,
  type ChatProvider,
  type Deadlines,
  isChatException,
  NetworkException,
  ServerException,
  type TimeoutPhase,
} from "../../../src/index.js";
import { FakeChatProvider, type ScriptedAnswer, type ScriptedEnd } from "../../../src/testing/index.js";
import { like } from "../fake-harness.js";
import { altering, type BrokenProvider, wrapped } from "./broken-provider.js";

const stop: ScriptedEnd = { type: "end", finishReason: "stop" };

/** Whole answers, and deadlines. */
export const brokenDeliveryAndDeadlines: readonly BrokenProvider[] = [
  altering("leaves usage out of a whole answer", ["delivery/whole-is-the-same"], (_request, { delivery }) => ({
    event: ({ ...event }) => {
      if (delivery === "whole" && event.type === "message-end") Reflect.deleteProperty(event, "usage");
      return event;
    },
  })),
  altering("takes a whole answer that was cut for a finished one", ["delivery/whole-finish"], (_request, { delivery }) => ({
    event: (event) =>
      delivery === "whole" && event.type === "message-end" && event.finishReason === "length" ? { ...event, finishReason: "stop" } : event,
  })),
  altering("takes every error of a whole answer for a passing one", ["delivery/whole-error"], (_request, { delivery }) => ({
    error: (error) =>
      delivery === "whole" && isChatException(error) && error.status
        ? new ServerException("unavailable", error.message, { provider: error.provider })
        : error,
  })),
  succeedingWhole("takes a web page for an empty whole answer", ["delivery/whole-wrong-body", "secrets/wrong-body"], "wrong-body"),
  succeedingWhole("takes a cut whole answer for a success", ["delivery/whole-truncated"], "close"),
  waiting("has no deadline for the headers", ["deadlines/headers"], (deadlines) => ({ ...deadlines, headersMs: Infinity })),
  waiting("has no deadline for the first token", ["deadlines/first-token"], (deadlines) => ({ ...deadlines, firstTokenMs: Infinity })),
  waiting("has no deadline between events", ["deadlines/idle", "deadlines/idle-despite-keep-alive", "usage/on-timeout"], (deadlines) => ({
    ...deadlines,
    idleMs: Infinity,
  })),
  wrapped("lets the idle deadline run over all events", ["deadlines/idle-begins-anew"], (fake) =>
    like(fake, {
      stream: (request, options = {}) => {
        const { idleMs = Infinity, totalMs = Infinity } = options.deadlines ?? {};
        if (idleMs >= totalMs || options.delivery === "whole") return fake.stream(request, options);
        return renamed(fake.stream(request, { ...options, deadlines: { ...options.deadlines, totalMs: idleMs } }), "idle");
      },
    }),
  ),
  waiting("takes a keep-alive for a sign of life", ["deadlines/idle-despite-keep-alive"], (deadlines, { keepAlive }) =>
    keepAlive ? { ...deadlines, idleMs: Infinity } : deadlines,
  ),
  waiting(
    "has no deadline for the whole call",
    ["deadlines/total", "deadlines/total-over-events", "deadlines/whole-has-total-alone"],
    (deadlines) => ({ ...deadlines, totalMs: Infinity }),
  ),
  waiting("begins the total deadline anew with every event", ["deadlines/total-over-events"], (deadlines, { paceMs }) =>
    paceMs ? { ...deadlines, totalMs: Infinity } : deadlines,
  ),
  altering(
    "does not name the deadline that passed",
    [
      "deadlines/headers",
      "deadlines/first-token",
      "deadlines/idle",
      "deadlines/idle-despite-keep-alive",
      "deadlines/total",
      "deadlines/whole-has-total-alone",
      "deadlines/total-over-events",
    ],
    () => ({
      error: (error) =>
        isChatException(error) && error.code === "timeout"
          ? new NetworkException("timeout", error.message, { provider: error.provider, ...arrived(error) })
          : error,
    }),
  ),
  wrapped("has a headers deadline for whole answers", ["deadlines/whole-has-total-alone"], (fake) =>
    like(fake, {
      stream: (request, options = {}) => {
        const { headersMs, totalMs } = { headersMs: Infinity, totalMs: Infinity, ...options.deadlines };
        const hurried = { ...options, deadlines: { ...options.deadlines, totalMs: Math.min(headersMs, totalMs) } };
        if (options.delivery !== "whole") return fake.stream(request, options);
        return renamed(fake.stream(request, hurried), "headers");
      },
    }),
  ),
  wrapped("lets the idle deadline run while the consumer holds an event", ["deadlines/slow-consumer"], (fake, script) =>
    runningAlways(fake, script, "idleMs"),
  ),
  wrapped("lets the total deadline run while the consumer holds an event", ["deadlines/slow-consumer-and-total"], (fake, script) =>
    runningAlways(fake, script, "totalMs"),
  ),
];

function succeedingWhole(fault: string, breaks: BrokenProvider["breaks"], at: "wrong-body" | "close"): BrokenProvider {
  return wrapped(fault, breaks, (fake, script) => {
    if (!script.steps.some(({ type }) => type === at)) return fake;
    const steps = script.steps.map((step) => (step.type === at ? stop : step));
    const credulous = new FakeChatProvider({ steps });
    return like(fake, {
      stream: (request, options) => (options?.delivery === "whole" ? credulous : fake).stream(request, options),
    });
  });
}

function waiting(
  fault: string,
  breaks: BrokenProvider["breaks"],
  loosen: (deadlines: Partial<Deadlines>, script: ScriptedAnswer) => Partial<Deadlines>,
): BrokenProvider {
  return wrapped(fault, breaks, (fake, script) =>
    like(fake, {
      stream: (request, options: CallOptions = {}) =>
        fake.stream(request, options.deadlines ? { ...options, deadlines: loosen(options.deadlines, script) } : options),
    }),
  );
}

function arrived({ partial, usage }: ChatException): Pick<ChatExceptionDetails, "partial" | "usage"> {
  return { ...(partial && { partial }), ...(usage && { usage }) };
}

async function* renamed(events: AsyncIterable<ChatEvent>, phase: TimeoutPhase): AsyncGenerator<ChatEvent, void, undefined> {
  try {
    yield* events;
  } catch (error) {
    if (!isChatException(error) || error.code !== "timeout") throw error;
    throw new NetworkException("timeout", error.message, { provider: error.provider, phase, ...arrived(error) });
  }
}

/** Measures from event to event (or from the start), whoever is slow. */
function runningAlways(fake: ChatProvider, { steps, paceMs }: ScriptedAnswer, deadline: "idleMs" | "totalMs"): ChatProvider {
  if (steps.at(-1)?.type !== "end" || paceMs !== undefined) return fake; // The server is the slow one there.
  return like(fake, {
    stream: (request, options) => {
      const stream = fake.stream(request, options);
      const limit = options?.deadlines?.[deadline] ?? Infinity;
      return {
        [Symbol.asyncIterator]: () => {
          const events = stream[Symbol.asyncIterator]();
          let since = performance.now();
          const next = async (): Promise<IteratorResult<ChatEvent>> => {
            if (performance.now() - since > limit) throw new NetworkException("timeout", "Too slow.", { provider: fake.name });
            if (deadline === "idleMs") since = performance.now();
            return await events.next();
          };
          return { ...events, next };
        },
      };
    },
  });
}
