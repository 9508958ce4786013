import type { CallOptions, ChatEvent, ChatProvider, ChatRequest } from "../../../src/index.js";
import type { ContractCaseId, ScriptedAnswer, ScriptedProvider, ScriptedStep } from "../../../src/testing/index.js";
import { like, startFake } from "../fake-harness.js";

/** A provider with one fault, and the cases that must notice it: these, and no others. */
export interface BrokenProvider {
  readonly fault: string;
  readonly breaks: readonly ContractCaseId[];
  readonly start: (script: ScriptedAnswer) => Promise<ScriptedProvider>;
}

/** Broken by a wrapper around a fake that keeps the contract. */
export function wrapped(
  fault: string,
  breaks: readonly ContractCaseId[],
  wrap: (fake: ChatProvider, script: ScriptedAnswer) => ChatProvider,
): BrokenProvider {
  return { fault, breaks, start: (script) => startFake(script, (fake) => wrap(fake, script)) };
}

/** What a broken iterator knows of its call. */
export interface Call {
  readonly fake: ChatProvider;
  readonly request: ChatRequest;
  readonly options: CallOptions;
  readonly script: ScriptedAnswer;
}

/** Broken in what its iterator does; the stream behind it keeps the contract. `change` is called when the iteration begins, with that stream's own iterator. */
export function iterating(
  fault: string,
  breaks: readonly ContractCaseId[],
  change: (events: AsyncIterator<ChatEvent>, call: Call) => Partial<AsyncIterator<ChatEvent>>,
): BrokenProvider {
  return wrapped(fault, breaks, (fake, script) =>
    like(fake, {
      stream: (request, options = {}) => {
        const stream = fake.stream(request, options);
        return {
          [Symbol.asyncIterator]: () => {
            const events = stream[Symbol.asyncIterator]();
            return { ...events, ...change(events, { fake, request, options, script }) };
          },
        };
      },
    }),
  );
}

/** Broken by reading the server's answer wrongly: as if the script were another one. */
export function misreading(
  fault: string,
  breaks: readonly ContractCaseId[],
  misread: (script: ScriptedAnswer) => ScriptedAnswer,
): BrokenProvider {
  return { fault, breaks, start: (script) => startFake(misread(script)) };
}

/** Broken by reading single steps wrongly. */
export function misreadingSteps(
  fault: string,
  breaks: readonly ContractCaseId[],
  misread: (step: ScriptedStep, position: number, script: ScriptedAnswer) => ScriptedStep | readonly ScriptedStep[],
): BrokenProvider {
  return misreading(fault, breaks, (script) => ({
    ...script,
    steps: script.steps.flatMap((step, position) => misread(step, position, script)),
  }));
}

/** What a broken stream does differently. */
export interface Alteration {
  readonly event?: (event: ChatEvent) => ChatEvent | readonly ChatEvent[];
  readonly error?: (error: unknown) => unknown;
}

/** Broken by changing events or errors on their way; laziness and cancelling stay whole. */
export function altering(
  fault: string,
  breaks: readonly ContractCaseId[],
  alter: (request: ChatRequest, options: CallOptions, script: ScriptedAnswer) => Alteration,
): BrokenProvider {
  return wrapped(fault, breaks, (fake, script) => alteredProvider(fake, (request, options) => alter(request, options, script)));
}

/** A provider whose streams are altered on their way. */
export function alteredProvider(provider: ChatProvider, alter: (request: ChatRequest, options: CallOptions) => Alteration): ChatProvider {
  return like(provider, {
    stream: (request, options = {}) => {
      const stream = provider.stream(request, options);
      return { [Symbol.asyncIterator]: () => altered(stream[Symbol.asyncIterator](), alter(request, options)) };
    },
  });
}

function altered(
  events: AsyncIterator<ChatEvent>,
  { event: change = (event) => event, error: replace = (error) => error }: Alteration,
): AsyncIterator<ChatEvent> {
  const ready: ChatEvent[] = [];
  return {
    next: async () => {
      for (;;) {
        const value = ready.shift();
        if (value !== undefined) return { done: false, value };
        const result = await events.next().catch((error: unknown) => {
          throw replace(error);
        });
        if (result.done) return result;
        ready.push(...[change(result.value)].flat());
      }
    },
    return: async () => (await events.return?.()) ?? { done: true, value: undefined },
  };
}

/** An iterable that gives its iterator once, as the port demands. */
export function once(events: AsyncIterator<ChatEvent>): AsyncIterable<ChatEvent> {
  let taken = false;
  return {
    [Symbol.asyncIterator]: () => {
      if (taken) return { next: () => Promise.reject(new Error("A stream is single-use.")) };
      taken = true;
      return events;
    },
  };
}

/** The same script, as who does not know UTF-8 reads it. */
export function garbled<Script extends { readonly steps: readonly ScriptedStep[] }>(script: Script): Script {
  const garble = (step: ScriptedStep): ScriptedStep =>
    step.type === "text" ? { ...step, deltas: step.deltas.map((delta) => delta.replace(/[^\0-\x7f]/g, "\ufffd")) } : step;
  return { ...script, steps: script.steps.map(garble) };
}
