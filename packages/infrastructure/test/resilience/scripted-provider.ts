import {
  ApiLimitException,
  type CallOptions,
  type ChatEvent,
  type ChatException,
  type ChatProvider,
  type ModelInfo,
  NetworkException,
  ServerException,
  userMessage,
} from "@chatport/domain";
import { withRetry } from "../../src/resilience/index.js";

/** What one attempt yields, and what it throws in the end. "stall": waits until it is aborted or left. */
export type ScriptedAttempt = readonly (ChatEvent | Error | "stall")[];

/** A provider whose every attempt is written down, oldest first, and whose attempts tell the options they were given. */
export class ScriptedProvider implements ChatProvider {
  readonly name = "scripted";
  readonly vendor = "test";
  readonly capabilities: ChatProvider["capabilities"] = new Set(["tools"]);
  readonly options: CallOptions[] = [];
  /** Whether an attempt goes on with its script after a stall that was aborted or left. */
  ignoresAborts = false;
  /** How many attempts the caller has left before their end. */
  left = 0;
  readonly #attempts: readonly ScriptedAttempt[];

  constructor(...attempts: readonly ScriptedAttempt[]) {
    this.#attempts = attempts;
  }

  stream(_request: unknown, options: CallOptions = {}): AsyncIterable<ChatEvent> {
    const script = this.#attempts[this.options.length] ?? [];
    this.options.push(options);
    let position = 0;
    let leave = (): void => {};
    const next = async (): Promise<IteratorResult<ChatEvent, undefined>> => {
      const step = script[position++];
      if (step instanceof Error) throw step;
      if (step !== "stall") return step === undefined ? { done: true, value: undefined } : { done: false, value: step };
      await new Promise<void>((resolve) => {
        leave = resolve;
        if (options.signal?.aborted) resolve();
        options.signal?.addEventListener("abort", () => resolve(), { once: true });
      });
      if (this.ignoresAborts) return next();
      options.signal?.throwIfAborted();
      return { done: true, value: undefined };
    };
    const end = (): Promise<IteratorResult<ChatEvent, undefined>> => {
      this.left++;
      leave();
      return Promise.resolve({ done: true, value: undefined });
    };
    return { [Symbol.asyncIterator]: () => ({ next, return: end }) };
  }
}

/** A provider that lists models; each error fails one call, then the list comes. */
export class ListingProvider extends ScriptedProvider {
  readonly #errors: Error[];

  constructor(...errors: readonly Error[]) {
    super();
    this.#errors = [...errors];
  }

  async listModels(options: CallOptions = {}): Promise<readonly ModelInfo[]> {
    this.options.push(options);
    const error = this.#errors.shift();
    if (error !== undefined) throw error;
    return [{ id: "model" }];
  }
}

export const request = { messages: [userMessage("hi")] };

export const start: ChatEvent = { type: "message-start", model: "m" };
export const word: ChatEvent = { type: "text-delta", index: 0, text: "hello" };
export const wordEnd: ChatEvent = { type: "part-end", index: 0, part: { type: "text", text: "hello" } };
export const end: ChatEvent = { type: "message-end", finishReason: "stop" };
export const answer: readonly ChatEvent[] = [start, word, wordEnd, end];

/** A usage event. */
export function used(inputTokens: number): ChatEvent {
  return { type: "usage", usage: { inputTokens } };
}

/** A retryable failure, with the wait that its server asked for. */
export function busy(retryAfterMs?: number): ChatException {
  return retryAfterMs === undefined
    ? new ServerException("unavailable", "Busy.", { provider: "scripted", status: 503 })
    : new ApiLimitException("rate-limit", "Slow down.", { provider: "scripted", status: 429, retryAfterMs });
}

/** A failure in mid-answer. */
export function cutOff(): ChatException {
  return new NetworkException("truncated", "The answer was cut off.", { provider: "scripted" });
}

/** Everything that a stream yields, and what it throws, if anything. */
export async function read(events: AsyncIterable<ChatEvent>): Promise<{ readonly events: readonly ChatEvent[]; readonly error?: unknown }> {
  const seen: ChatEvent[] = [];
  try {
    for await (const event of events) seen.push(event);
  } catch (error) {
    return { events: seen, error };
  }
  return { events: seen };
}

/** Begins to read one answer, by hand. */
export function iterate(provider: ChatProvider, signal?: AbortSignal): AsyncIterator<ChatEvent> {
  const events = withRetry(provider).stream(request, signal && { signal });
  return events[Symbol.asyncIterator]();
}
