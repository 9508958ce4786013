import type { Usage } from "./chat-event.js";
import type { Attempt } from "./chat-provider.js";
import type { AssistantMessage } from "./message.js";

/** What went wrong, for programs. Messages are for people and may change; codes do not. */
export type ChatExceptionCode =
  | "authentication"
  | "permission"
  | "rate-limit"
  | "quota"
  | "network"
  | "timeout"
  | "truncated"
  | "malformed"
  | "invalid-request"
  | "context-overflow"
  | "not-found"
  | "content-filter"
  | "unsupported"
  | "unavailable";

/** What a {@link ChatException} knows beyond its message and code. */
export interface ChatExceptionDetails {
  /** The name of the provider that failed. */
  readonly provider: string;
  /** HTTP status, or the status that an error inside a stream named. */
  readonly status?: number;
  /** The server's own code for the error. */
  readonly providerCode?: string;
  /** The server's id of the request, to quote to its support. */
  readonly requestId?: string;
  /** Whether the same request may succeed when it is made again. Default: what the code usually means. */
  readonly retryable?: boolean;
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** What had arrived of the answer. */
  readonly partial?: AssistantMessage;
  /** Tokens that the server had reported. */
  readonly usage?: Usage;
  /** The attempts that had failed before this one, oldest first. */
  readonly attempts?: readonly Attempt[];
  readonly cause?: unknown;
}

const mark = Symbol.for("chatport.ChatException");

/** The one family of errors that a provider throws (besides an abort's own reason). Act on `code`, not on the message. */
export abstract class ChatException extends Error {
  readonly code: ChatExceptionCode;
  readonly provider: string;
  // `declare`: a plain field would be reset to undefined after the constructor below has set it.
  declare readonly status?: number;
  declare readonly providerCode?: string;
  declare readonly requestId?: string;
  readonly retryable: boolean;
  declare readonly retryAfterMs?: number;
  declare readonly partial?: AssistantMessage;
  declare readonly usage?: Usage;
  declare readonly attempts?: readonly Attempt[];

  constructor(name: string, code: ChatExceptionCode, message: string, details: ChatExceptionDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    const { cause: _cause, retryable = retryableByCode.has(code), ...known } = details;
    this.name = name;
    this.code = code;
    this.provider = details.provider;
    this.retryable = retryable;
    Object.assign(this, defined(known));
    Object.defineProperty(this, mark, { value: true });
  }
}

/** The key is missing or wrong, or may not do this. Codes `authentication` (401) and `permission` (403). */
export class AuthenticationException extends ChatException {
  constructor(code: "authentication" | "permission", message: string, details: ChatExceptionDetails) {
    super("AuthenticationException", code, message, details);
  }
}

/** Too many requests (`rate-limit`, retryable after `retryAfterMs`), or nothing left to spend (`quota`). */
export class ApiLimitException extends ChatException {
  constructor(code: "rate-limit" | "quota", message: string, details: ChatExceptionDetails) {
    super("ApiLimitException", code, message, details);
  }
}

/** Which deadline passed. */
export type TimeoutPhase = "headers" | "first-token" | "idle" | "total";

/** The connection failed (`network`), a deadline passed (`timeout`, see `phase`), or the answer ended before its end marker (`truncated`). */
export class NetworkException extends ChatException {
  /** Which deadline passed, when the code is `timeout`. */
  declare readonly phase?: TimeoutPhase;

  constructor(
    code: "network" | "timeout" | "truncated",
    message: string,
    details: ChatExceptionDetails & { readonly phase?: TimeoutPhase },
  ) {
    super("NetworkException", code, message, details);
  }
}

/** The answer is not what the API promises: bad JSON, a wrong shape, too large, no event stream. */
export class ParseException extends ChatException {
  /** The start of what arrived, at most 500 characters, with keys redacted. */
  declare readonly excerpt?: string;

  constructor(code: "malformed", message: string, details: ChatExceptionDetails & { readonly excerpt?: string }) {
    super("ParseException", code, message, details);
  }
}

/** The request itself is at fault; making it again changes nothing. */
export class RequestException extends ChatException {
  constructor(
    code: "invalid-request" | "context-overflow" | "not-found" | "content-filter" | "unsupported",
    message: string,
    details: ChatExceptionDetails,
  ) {
    super("RequestException", code, message, details);
  }
}

/** The service cannot answer now (`unavailable`): 408, 409, 5xx, overloaded. */
export class ServerException extends ChatException {
  constructor(code: "unavailable", message: string, details: ChatExceptionDetails) {
    super("ServerException", code, message, details);
  }
}

/** Whether a thrown value is a {@link ChatException}: by its mark, so that two copies of this package in one program recognise each other's. */
export function isChatException(error: unknown): error is ChatException {
  return typeof error === "object" && error !== null && mark in error;
}

const retryableByCode: ReadonlySet<ChatExceptionCode> = new Set(["rate-limit", "network", "timeout", "truncated", "unavailable"]);

function defined(fields: object): object {
  // Absent and undefined are the same to readers, but `undefined` clutters what is logged.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
