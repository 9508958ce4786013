import type { AssistantPart } from "./message.js";

/**
 * Why an answer ended. `length`: cut by a token limit. `content-filter`: cut by the provider's filter. `pause`: the provider waits to be called again with
 * the answer so far. `other`: the provider gave a reason that has no counterpart here, or none.
 */
export type FinishReason = "stop" | "length" | "tool-calls" | "content-filter" | "pause" | "other";

/**
 * Tokens. `inputTokens` includes cached ones and `outputTokens` includes reasoning, whatever the vendor's habit.
 * A missing number means that the provider did not say; it never means zero.
 */
export interface Usage {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly cachedInputTokens?: number;
  readonly cacheWriteTokens?: number;
  readonly reasoningTokens?: number;
}

export interface MessageStartEvent {
  readonly type: "message-start";
  /** The model that answers, in the server's own words. */
  readonly model: string;
  /** The server's id of this answer. */
  readonly id?: string;
}

export interface TextDeltaEvent {
  readonly type: "text-delta";
  readonly index: number;
  readonly text: string;
}

export interface ReasoningDeltaEvent {
  readonly type: "reasoning-delta";
  readonly index: number;
  readonly text: string;
}

export interface RefusalDeltaEvent {
  readonly type: "refusal-delta";
  readonly index: number;
  readonly text: string;
}

export interface ToolCallStartEvent {
  readonly type: "tool-call-start";
  readonly index: number;
  readonly id: string;
  readonly name: string;
}

export interface ToolCallDeltaEvent {
  readonly type: "tool-call-delta";
  readonly index: number;
  /** A piece of the arguments' JSON text. */
  readonly json: string;
}

/** The authoritative part: it replaces whatever its deltas added up to. */
export interface PartEndEvent {
  readonly type: "part-end";
  readonly index: number;
  readonly part: AssistantPart;
}

/** Tokens so far: cumulative, whenever the provider tells. */
export interface UsageEvent {
  readonly type: "usage";
  readonly usage: Usage;
}

/** The one successful end of an answer. */
export interface MessageEndEvent {
  readonly type: "message-end";
  readonly finishReason: FinishReason;
  /** The provider's own word for it, when it gave one. */
  readonly rawFinishReason?: string;
  readonly usage?: Usage;
}

/**
 * What a provider yields: `message-start`, then parts, then exactly one `message-end`.
 *
 * Deltas are for live rendering; `part-end` carries the authoritative part and may come without deltas. Indices are dense and ascend: a part's first event
 * has the next free index. Text deltas concatenate to the part's text.
 */
export type ChatEvent =
  | MessageStartEvent
  | TextDeltaEvent
  | ReasoningDeltaEvent
  | RefusalDeltaEvent
  | ToolCallStartEvent
  | ToolCallDeltaEvent
  | PartEndEvent
  | UsageEvent
  | MessageEndEvent;
