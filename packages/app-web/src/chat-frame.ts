import type { ChatEvent } from "@chatport/domain";

/**
 * One line of the answer to `POST /api/chat`: newline-delimited JSON (`application/x-ndjson`). The port's events as they are, or one error, which is the last line.
 * An answer that ends with neither `message-end` nor an error was cut off. Empty lines keep the connection awake.
 */
export type ChatFrame = ChatEvent | ErrorFrame;

/** Why an answer failed, for people and for the page. */
export interface ErrorFrame {
  readonly type: "error";
  /** The exception's code; `internal` for a fault of the server itself, `shutdown` when it is being stopped. */
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  /** How long the provider asked to wait, in milliseconds. */
  readonly retryAfterMs?: number;
}
