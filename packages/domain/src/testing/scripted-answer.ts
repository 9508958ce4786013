import type { FinishReason, Usage } from "../chat-event.js";

/**
 * An answer in the port's own words. The author of an adapter encodes it into the vendor's bytes and serves it from a loopback server; the contract suite
 * compares what the adapter makes of it.
 */
export interface ScriptedAnswer {
  /** What happens, in this order. */
  readonly steps: readonly ScriptedStep[];
  /** The model that the server says it is. Default `"scripted-model"`. */
  readonly model?: string;
  /** Cut the body into pieces of this many bytes, each written by itself. Default: one piece a step. */
  readonly pieceBytes?: number;
  /** Answer with the vendor's keep-alive (a comment, a ping) before every step. Default false. */
  readonly keepAlive?: boolean;
}

/** One thing that a scripted server does. Where an API has no way to say a step, its harness skips the case and states the reason. */
export type ScriptedStep =
  | { readonly type: "text"; readonly deltas: readonly string[] }
  | { readonly type: "reasoning"; readonly deltas: readonly string[] }
  | { readonly type: "refusal"; readonly deltas: readonly string[] }
  /** Without `id`: the server sends none, and the adapter mints one. */
  | { readonly type: "tool-call"; readonly id?: string; readonly name: string; readonly deltas: readonly string[] }
  | { readonly type: "usage"; readonly usage: Usage }
  /** The provider's end marker. Without a reason: an end marker that names none (`[DONE]` alone). */
  | { readonly type: "end"; readonly finishReason?: Exclude<FinishReason, "pause" | "other"> }
  /** An error object in the vendor's form: inside the stream after other steps, with the status and no stream when it is the first step. */
  | ScriptedError
  /** The first step only: a status of 200 whose body is no answer. */
  | { readonly type: "wrong-body"; readonly body: "html" | "json-error" | "empty"; readonly message?: string }
  /** The first step only: the connection is accepted and nothing comes back, no headers either. */
  | { readonly type: "no-headers" }
  /** Nothing more comes, and the connection stays open. */
  | { readonly type: "stall" }
  /** The body ends cleanly, here. */
  | { readonly type: "close" }
  /** The connection is reset, here. */
  | { readonly type: "reset" };

export interface ScriptedError {
  readonly type: "error";
  readonly kind: "authentication" | "rate-limit" | "invalid-request" | "unavailable";
  /** What the server says. A harness with a key puts the key behind it, so that the suite sees it redacted. */
  readonly message: string;
  /** What a rate limit asks to wait, in milliseconds. */
  readonly retryAfterMs?: number;
}
