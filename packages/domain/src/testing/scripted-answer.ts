import type { FinishReason, Usage } from "../chat-event.js";

/**
 * An answer in the port's own words. The author of an adapter encodes it into the vendor's bytes and serves it from a loopback server; the contract suite
 * compares what the adapter makes of it. Where a request asks for a whole answer, the steps up to the end make one body, `close` and `reset` come in the
 * middle of that body, and `stall` keeps the server from answering. Where models are asked for, a first step that is an error or `no-headers` is the answer.
 */
export interface ScriptedAnswer {
  /** What happens, in this order. After the last step the connection closes. */
  readonly steps: readonly ScriptedStep[];
  /** The model that the server says it is. Default {@link scriptedModel}. */
  readonly model?: string;
  /** The ids that the server lists as its models. Default: `model` alone. */
  readonly models?: readonly string[];
  /** Cut the body into pieces of this many bytes, each written by itself. Default: one piece a step. */
  readonly pieceBytes?: number;
  /**
   * Send all that comes before a stall, a close, a reset, a flood or the script's end in one piece, so that a client that reads it holds events which it has not
   * handed out yet. Default false.
   */
  readonly inOnePiece?: boolean;
  /** Wait this long before every delta, in milliseconds. Default 0. Not together with `inOnePiece`. */
  readonly paceMs?: number;
  /** Send the vendor's keep-alive (a comment, a ping) before every step, and every 20 ms or so in a stall. Default false. */
  readonly keepAlive?: boolean;
  /** Answer in the non-streaming form although a stream was asked for, as some servers do. Default false. */
  readonly unstreamed?: boolean;
  /** Label the stream with a content type that it is not, as some servers do. Default false. */
  readonly mislabelled?: boolean;
}

/** The model that a {@link ScriptedAnswer} names when it says nothing else. */
export const scriptedModel = "scripted-model";

/**
 * One thing that a scripted server does. Where an API has no way to say a step, its harness skips the case and states the reason. The suite never scripts two
 * texts (reasonings, refusals) without another part between them: some APIs cannot tell them from one.
 */
export type ScriptedStep =
  | { readonly type: "text"; readonly deltas: readonly string[] }
  | { readonly type: "reasoning"; readonly deltas: readonly string[] }
  | { readonly type: "refusal"; readonly deltas: readonly string[] }
  /** Without `id`: the server sends none, and the adapter mints one. */
  | { readonly type: "tool-call"; readonly id?: string; readonly name: string; readonly deltas: readonly string[] }
  /** Tokens so far. A later step replaces an earlier one. */
  | { readonly type: "usage"; readonly usage: Usage }
  | ScriptedEnd
  | ScriptedError
  | ScriptedWrongBody
  /** The first step only: the connection is accepted and nothing comes back, no headers either. */
  | { readonly type: "no-headers" }
  /** An event that came to harm: its JSON is cut in the middle, and the stream goes on behind it. */
  | { readonly type: "broken-event" }
  /** The first step only: a status of 307 that names another address of the same server. Who follows asks a second time. */
  | { readonly type: "redirect" }
  /** A line without an end, or an event of many lines without one: they come for as long as the client takes them. */
  | { readonly type: "flood"; readonly of: "line" | "event" }
  /** Nothing more comes, and the connection stays open. As the first step: the headers come, nothing else. */
  | { readonly type: "stall" }
  /** The body ends cleanly, here. */
  | { readonly type: "close" }
  /** The connection is reset, here. */
  | { readonly type: "reset" };

/**
 * The provider's end marker, whole: for OpenAI the chunk with the finish reason and `[DONE]`. Only an error step may come between: after the reason and before
 * what closes the stream. Any other step that follows is behind the end marker.
 */
export interface ScriptedEnd {
  readonly type: "end";
  /** Absent: an end marker that names no reason (`[DONE]` alone). */
  readonly finishReason?: Exclude<FinishReason, "pause" | "other">;
}

/** An error object in the vendor's form: inside the stream after other steps, with the status and no stream when it is the first step. */
export interface ScriptedError {
  readonly type: "error";
  readonly kind: "authentication" | "rate-limit" | "invalid-request" | "unavailable";
  /** What the server says. A harness with a key puts the key behind it, so that the suite sees it redacted. */
  readonly message: string;
  /** What a rate limit asks to wait, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** The first step only: a status of 200 whose body is no answer. */
export interface ScriptedWrongBody {
  readonly type: "wrong-body";
  /** `html`: a proxy's page, with the message as title and heading. `json-error`: the vendor's error object. `empty`: nothing. */
  readonly body: "html" | "json-error" | "empty";
  /** The server's own words; a harness with a key puts the key behind them. */
  readonly message?: string;
}
