import { type ChatCapability, chatCapabilities } from "../chat-capability.js";
import type { ChatEvent } from "../chat-event.js";
import type { CallOptions, ChatProvider, ChatRequest, Deadlines, ModelInfo } from "../chat-provider.js";
import { requireCapabilities } from "../request-capabilities.js";
import { singleUse } from "../single-use.js";
import { abortableSleep, type Sleep } from "./abortable-sleep.js";
import { CallClock } from "./call-clock.js";
import { type FakeAnswer, type FakeScript, scriptOf } from "./fake-answer.js";
import { FakeCall } from "./fake-call.js";
import { leavable } from "./leavable.js";
import { scriptedModel } from "./scripted-answer.js";
import { failureOf } from "./scripted-failure.js";
import { ScriptedEvents } from "./scripted-events.js";

/** How a {@link FakeChatProvider} presents itself. */
export interface FakeChatProviderOptions {
  /** Default `"fake"`. */
  readonly name?: string;
  /** Default `"fake"`. */
  readonly vendor?: string;
  /** Default: all of them. A request that needs another one fails with `unsupported`. */
  readonly capabilities?: Iterable<ChatCapability>;
  /** What `listModels` answers. Default: one scripted model. */
  readonly models?: readonly ModelInfo[];
  /** Wait before every delta, in milliseconds. Default 0. */
  readonly deltaDelay?: number;
  /** Deadlines of calls that set none. Default: the port's. */
  readonly deadlines?: Partial<Deadlines>;
  /** Replaces the platform's timers. */
  readonly sleep?: Sleep;
}

/**
 * A provider for tests: it answers what it is told to, records its calls, and keeps the completion contract. No network, no key.
 *
 * ```ts
 * new FakeChatProvider("hello world"); // every call
 * new FakeChatProvider(["first", "second"]); // one a call; a third call is an error
 * new FakeChatProvider((request) => `You sent ${request.messages.length} messages.`);
 * new FakeChatProvider({ steps: [{ type: "text", deltas: ["hal"] }, { type: "reset" }] }); // a fault in mid-answer
 * ```
 */
export class FakeChatProvider implements ChatProvider {
  readonly name: string;
  readonly vendor: string;
  readonly capabilities: ReadonlySet<ChatCapability>;
  /** Present with the capability `model-listing`. */
  readonly listModels?: (options?: CallOptions) => Promise<readonly ModelInfo[]>;
  readonly #answers: FakeAnswer | readonly FakeAnswer[];
  readonly #options: FakeChatProviderOptions;
  readonly #calls: FakeCall[] = [];
  #minted = 0;

  /** One answer serves every call; a list serves one call each, in order. */
  constructor(answers: FakeAnswer | readonly FakeAnswer[], options: FakeChatProviderOptions = {}) {
    this.name = options.name ?? "fake";
    this.vendor = options.vendor ?? "fake";
    this.capabilities = new Set(options.capabilities ?? chatCapabilities);
    this.#answers = answers;
    this.#options = options;
    if (this.capabilities.has("model-listing")) this.listModels = (call) => this.#listModels(call);
  }

  /** The calls that were begun, oldest first. What was refused before any I/O is none. */
  get calls(): readonly FakeCall[] {
    return this.#calls;
  }

  stream(request: ChatRequest, options: CallOptions = {}): AsyncIterable<ChatEvent> {
    return singleUse(this.name, () => leavable((left) => this.#answer(request, options, left)));
  }

  async *#answer(request: ChatRequest, options: CallOptions, left: AbortSignal): AsyncGenerator<ChatEvent, void, undefined> {
    options.signal?.throwIfAborted();
    requireCapabilities(request, this.capabilities, this.name);
    const call = new FakeCall(request, options);
    this.#calls.push(call);
    const signal = options.signal ? AbortSignal.any([options.signal, left]) : left;
    const cancel = (): void => call.release("cancelled");
    signal.addEventListener("abort", cancel, { once: true });
    try {
      const script = this.#scriptFor(call);
      for await (const event of this.#events(script, call, signal)) {
        // What came in one piece has arrived; of that, an abort leaves the usage.
        if (signal.aborted && event.type !== "usage") continue;
        // Before the event goes out: many consumers leave as soon as they have seen the end.
        if (event.type === "message-end") call.release("completed");
        yield event;
        if (event.type === "message-end") return;
        if (script.inOnePiece !== true) signal.throwIfAborted();
      }
      signal.throwIfAborted();
    } catch (error) {
      options.signal?.throwIfAborted();
      call.release("failed");
      throw error;
    } finally {
      signal.removeEventListener("abort", cancel);
      // Still running here: the consumer left.
      cancel();
    }
  }

  async *#events(script: FakeScript, call: FakeCall, signal: AbortSignal): AsyncGenerator<ChatEvent, void, undefined> {
    const { deadlines, sleep = abortableSleep, deltaDelay = script.paceMs ?? 0 } = this.#options;
    const whole = call.options.delivery === "whole";
    const clock = new CallClock({
      deadlines: { ...deadlines, ...call.options.deadlines },
      whole,
      sleep,
      signal,
      provider: this.name,
    });
    const stage = { provider: this.name, model: script.model ?? call.request.model, clock, deltaDelay, mintId: () => this.#mintId() };
    const events = new ScriptedEvents(script, stage).perform();
    yield* whole ? await gathered(events) : events;
  }

  #scriptFor(call: FakeCall): FakeScript {
    return scriptOf(this.#answerOf(this.#calls.indexOf(call)), call.request);
  }

  #answerOf(position: number): FakeAnswer {
    if (!isList(this.#answers)) return this.#answers;
    const answer = this.#answers[position];
    if (answer === undefined)
      throw new Error(`FakeChatProvider was given ${this.#answers.length} answers, and this is call ${position + 1}.`);
    return answer;
  }

  #mintId(): string {
    this.#minted += 1;
    return `call_${this.#minted}`;
  }

  async #listModels({ signal }: CallOptions = {}): Promise<readonly ModelInfo[]> {
    signal?.throwIfAborted();
    const answers = this.#answers;
    const first = typeof answers === "object" && "steps" in answers ? answers.steps[0] : undefined;
    if (first?.type === "error") throw failureOf(first, { provider: this.name });
    if (first?.type === "no-headers") await (this.#options.sleep ?? abortableSleep)(Infinity, signal ?? new AbortController().signal);
    return this.#options.models ?? [{ id: scriptedModel }];
  }
}

/** All events of an answer that comes whole. */
async function gathered(events: AsyncIterable<ChatEvent>): Promise<readonly ChatEvent[]> {
  const all: ChatEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

function isList(answers: FakeAnswer | readonly FakeAnswer[]): answers is readonly FakeAnswer[] {
  return Array.isArray(answers);
}
