import {
  type CallOptions,
  type ChatEvent,
  type ChatExceptionCode,
  type ChatExceptionDetails,
  type ChatProvider,
  type ChatRequest,
  NetworkException,
  singleUse,
} from "@chatport/domain";
import { type Pause, pause } from "../pause.js";
import { AnswerSoFar } from "./answer-so-far.js";
import { inTurns } from "../in-turns.js";
import { exceptionOf } from "./recorded-failure.js";

/** Something that goes wrong in an answer, once `after` of its events have come; 0: before the provider is asked. After `message-end` nothing does: the answer is whole. */
export type Fault = FaultMoment &
  (
    | { /** The connection is gone: `truncated`, with what had arrived. */ readonly type: "cut" }
    | {
        /** Throws this. Default code `unavailable`. */ readonly type: "error";
        readonly code?: ChatExceptionCode;
        readonly message?: string;
      }
    | { /** Nothing more comes, until the call's idle or total deadline passes (default: the port's). */ readonly type: "stall" }
    | { /** The next event comes this much later, in milliseconds. */ readonly type: "delay"; readonly ms: number }
  );

interface FaultMoment {
  readonly after: number;
  /** Which call of the provider has it, 1 for the first. Default: every one. */
  readonly call?: number;
}

/** The same provider, in whose answers things go wrong: to see what an application makes of it. */
export function withFaults(provider: ChatProvider, faults: readonly Fault[]): ChatProvider {
  let calls = 0;
  return {
    name: provider.name,
    vendor: provider.vendor,
    capabilities: provider.capabilities,
    ...(provider.listModels && { listModels: (options?: CallOptions) => provider.listModels?.(options) ?? Promise.resolve([]) }),
    stream: (request: ChatRequest, options: CallOptions = {}): AsyncIterable<ChatEvent> =>
      singleUse(provider.name, () => {
        calls += 1;
        const own = faults.filter(({ call }) => call === undefined || call === calls);
        return faulty(provider, own, request, options);
      }),
  };
}

function faulty(
  provider: ChatProvider,
  faults: readonly Fault[],
  request: ChatRequest,
  options: CallOptions,
): AsyncIterableIterator<ChatEvent, undefined> {
  const soFar = new AnswerSoFar();
  const startedAt = performance.now();
  let shown = 0;
  let isWhole = false;
  let events: AsyncIterator<ChatEvent> | undefined;
  let waiting: Pause | undefined;
  const wait = async (ms: number): Promise<void> => {
    waiting = pause(ms, options.signal);
    await waiting.over;
    options.signal?.throwIfAborted();
  };
  const strike = async (fault: Fault): Promise<void> => {
    if (fault.type === "delay") return await wait(fault.ms);
    const { idleMs = 120_000, firstTokenMs = 300_000, totalMs = 1_800_000 } = options.deadlines ?? {};
    const phase = shown === 0 ? "first-token" : "idle";
    const phaseMs = phase === "idle" ? idleMs : firstTokenMs;
    const leftMs = totalMs - (performance.now() - startedAt);
    if (fault.type === "stall") await wait(Math.min(phaseMs, leftMs));
    const details = { provider: provider.name, ...soFar.details };
    throw failureOf(fault, details, leftMs < phaseMs ? "total" : phase);
  };
  const release = async (): Promise<void> => {
    await events?.return?.();
  };
  return inTurns({
    step: async (hasLeft) => {
      options.signal?.throwIfAborted();
      try {
        for (const fault of faults) if (fault.after === shown && !isWhole && !hasLeft()) await strike(fault);
      } catch (error) {
        await release();
        throw error;
      }
      // The reader left in a delay: nobody is asked any more.
      if (hasLeft()) return { done: true, value: undefined };
      events ??= provider.stream(request, options)[Symbol.asyncIterator]();
      const result = await events.next();
      if (result.done === true) return { done: true, value: undefined };
      shown += 1;
      isWhole = result.value.type === "message-end";
      soFar.add(result.value);
      return result;
    },
    leave: async () => {
      waiting?.end();
      await release();
    },
  });
}

function failureOf(
  fault: Exclude<Fault, { readonly type: "delay" }>,
  details: ChatExceptionDetails,
  phase: "first-token" | "idle" | "total",
): Error {
  switch (fault.type) {
    case "cut":
      return new NetworkException("truncated", "The answer was cut off: a fault that was asked for.", details);
    case "error":
      return exceptionOf(fault.code ?? "unavailable", fault.message ?? "A fault that was asked for.", details);
    case "stall":
      return new NetworkException("timeout", `Nothing came before the ${phase} deadline: a fault that was asked for.`, {
        ...details,
        phase,
      });
  }
}
