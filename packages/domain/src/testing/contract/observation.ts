import { expect } from "vitest";
import type { ChatEvent } from "../../chat-event.js";
import { type ChatException, isChatException } from "../../chat-exception.js";
import type { CallOptions, ChatRequest } from "../../chat-provider.js";
import { type ChatCompletion, collect } from "../../collect.js";
import { userMessage } from "../../message.js";
import type { ScriptedAnswer } from "../scripted-answer.js";
import type { ChatProviderHarness, ScriptedProvider } from "./contract-case.js";

/** All that a consumer saw of one call. */
export interface Observation {
  readonly events: readonly ChatEvent[];
  /** What `next()` threw, if it did. */
  readonly thrown?: { readonly error: unknown };
}

/** What most cases ask. */
export const plainRequest: ChatRequest = { messages: [userMessage("What does the script say?")] };

/** A running script, with the patience of its harness. */
export interface Rehearsal extends ScriptedProvider {
  /** The promise's outcome, unless it takes longer than the harness's patience. */
  readonly promptly: <Value>(promise: Promise<Value>, what: string) => Promise<Value>;
  /** One call, read to its terminal outcome. */
  readonly observe: (options?: CallOptions, request?: ChatRequest) => Promise<Observation>;
}

/** Starts the script, runs the body, closes what was started. */
export async function rehearse(
  harness: ChatProviderHarness,
  script: ScriptedAnswer,
  body: (rehearsal: Rehearsal) => Promise<void>,
): Promise<void> {
  const started = await harness.start(script);
  const promptly: Rehearsal["promptly"] = (promise, what) => within(harness.patience ?? 2_000, promise, what);
  try {
    await body({
      provider: started.provider,
      // A getter: a harness may make the promise when it is asked.
      get released() {
        return started.released;
      },
      requests: () => started.requests(),
      promptly,
      observe: (options, request = plainRequest) =>
        promptly(observe(started.provider.stream(request, options)), "The call must come to its end"),
    });
  } finally {
    await started.close?.();
  }
}

/** Reads a stream to its terminal outcome. */
export async function observe(stream: AsyncIterable<ChatEvent>): Promise<Observation> {
  const events: ChatEvent[] = [];
  try {
    for await (const event of stream) events.push(event);
    return { events };
  } catch (error) {
    return { events, thrown: { error } };
  }
}

/** The finished answer behind an observation. */
export async function completionOf(observation: Observation): Promise<ChatCompletion> {
  expect(observation.thrown?.error, "The answer must arrive without an error").toBeUndefined();
  return await collect(eachOf(observation.events));
}

/** The exception behind an observation: the only outcome, and no success before it. */
export function exceptionOf(observation: Observation): ChatException {
  expect(
    observation.events.filter((event) => event.type === "message-end"),
    "An answer that fails must not end as a success too",
  ).toEqual([]);
  expect(observation.thrown, "The answer must not end as a success, or silently").toBeDefined();
  const error = observation.thrown?.error;
  if (!isChatException(error)) expect.fail(`A ChatException must be thrown, not: ${String(error)}`);
  return error;
}

async function* eachOf(events: readonly ChatEvent[]): AsyncGenerator<ChatEvent, void, undefined> {
  yield* events;
}

/** Waits in small steps: in a process too busy to run its timers a late step counts once, so that the provider is not blamed for the wait. */
async function within<Value>(patience: number, promise: Promise<Value>, what: string): Promise<Value> {
  let timer: ReturnType<typeof setInterval> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    let left = patience;
    timer = setInterval(() => {
      left -= step;
      if (left <= 0) reject(new Error(`${what}, and did not within ${patience} ms.`));
    }, step);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearInterval(timer);
  }
}

const step = 20;
