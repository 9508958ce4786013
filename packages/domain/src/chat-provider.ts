import type { ChatCapability } from "./chat-capability.js";
import type { ChatEvent } from "./chat-event.js";
import type { ChatException } from "./chat-exception.js";
import type { JsonObject } from "./json.js";
import type { Message } from "./message.js";

/** The one port. An adapter translates; policy (retry, failover, history, tools) lives above it. */
export interface ChatProvider {
  /** This instance's name: its key in the configuration ("work", "local"). */
  readonly name: string;
  /** Whose API it speaks ("openai", "anthropic"): the key of `providerOptions` and `providerMetadata`. */
  readonly vendor: string;
  /** What this adapter can express; what a model can do is in {@link ModelInfo}. */
  readonly capabilities: ReadonlySet<ChatCapability>;
  /**
   * One assistant turn, as it is generated. Single-use and lazy: nothing is sent before the first `next()`, every error comes from `next()`, and leaving the
   * loop cancels the request and frees its socket. Yields `message-start`, then parts, then exactly one `message-end`.
   *
   * @throws {ChatException} with what had arrived in `partial` and `usage`; or `signal.reason` once aborted.
   */
  stream(request: ChatRequest, options?: CallOptions): AsyncIterable<ChatEvent>;
  /**
   * The models that this provider offers, as it tells them. Absent when the API has no such list.
   *
   * @throws {ChatException} or `signal.reason` once aborted.
   */
  listModels?(options?: CallOptions): Promise<readonly ModelInfo[]>;
}

/** How one call is made, as opposed to what is asked. */
export interface CallOptions {
  /** Aborts the call: its `reason` is thrown from the pending `next()` and the socket is closed at once. */
  readonly signal?: AbortSignal;
  /** Replaces single deadlines of the provider's own. */
  readonly deadlines?: Partial<Deadlines>;
  /** `"whole"`: use the API's non-streaming form where it has one; the events are the same. Default `"stream"`. */
  readonly delivery?: "stream" | "whole";
  /** Told of every attempt that failed and is about to be made again, or made elsewhere. */
  readonly onAttempt?: (attempt: Attempt) => void;
}

/**
 * How long a call may wait, in milliseconds; `Infinity` switches a deadline off. A deadline counts only while a read is pending, so a slow consumer never
 * trips it. A whole answer (`delivery: "whole"`) has the total alone.
 */
export interface Deadlines {
  /** From sending the request to the response's headers. Default 120,000. */
  readonly headersMs: number;
  /** From the headers to the first event. Default 300,000. */
  readonly firstTokenMs: number;
  /** Between two events; keep-alive comments are no events. Default 120,000. */
  readonly idleMs: number;
  /** The whole call. Default 1,800,000. */
  readonly totalMs: number;
}

/** One attempt that failed, as a retrying or failing-over decorator saw it. */
export interface Attempt {
  /** The name of the provider that was asked. */
  readonly provider: string;
  /** 1 for the first attempt. */
  readonly number: number;
  readonly exception: ChatException;
  /** How long the next attempt waits, in milliseconds; absent when there is none. */
  readonly delayMs?: number;
}

/** A function that the model may ask the application to run. */
export interface Tool {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of the arguments: an object schema. */
  readonly inputSchema: JsonObject;
}

export type ToolChoice = "auto" | "none" | "required" | { readonly tool: string };

export type ReasoningEffort = "none" | "low" | "medium" | "high";

/** What is asked. An adapter that cannot express a part of it fails with `unsupported` before any I/O. */
export interface ChatRequest {
  readonly messages: readonly Message[];
  /** Omitted: the model that the provider was configured with. */
  readonly model?: string;
  readonly tools?: readonly Tool[];
  /** Default: the provider's own, which is "auto" wherever there are tools. */
  readonly toolChoice?: ToolChoice;
  /** Structured output: the answer's text is JSON that matches the schema (JSON Schema). */
  readonly output?: { readonly name: string; readonly schema: JsonObject };
  /** Upper bound on generated tokens, reasoning included. */
  readonly maxOutputTokens?: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly stopSequences?: readonly string[];
  readonly seed?: number;
  /** How much the model should think. Default: the model's own. */
  readonly reasoning?: ReasoningEffort;
  /** Settings by vendor; a provider ignores what is not its own. `extraBody` goes to the wire verbatim. */
  readonly providerOptions?: Readonly<Record<string, JsonObject>>;
}

/** A model as its provider lists it. A missing field means that the provider did not say. */
export interface ModelInfo {
  readonly id: string;
  readonly displayName?: string;
  /** Tokens that a request and its answer may hold together. */
  readonly contextWindow?: number;
  readonly maxOutputTokens?: number;
  readonly ownedBy?: string;
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly createdAt?: number;
}
