import type { Redact } from "./redaction.js";
import { printable } from "./printable.js";

/** One link of a thrown error's chain of causes, reduced to what is safe to keep. */
export interface TransportError {
  readonly name: string;
  /** The code of Node, undici or OpenSSL, such as `ECONNREFUSED`; empty when there is none. */
  readonly code: string;
  /** One printable line without secrets, at most 300 characters. */
  readonly message: string;
  /** The peer, as `address:port` or host name, where the error tells. */
  readonly peer?: string;
  /** The request's URL, where the error tells (ky). */
  readonly url?: string;
}

/**
 * The chain of causes of whatever was thrown, outermost first, at most 10 links; of an `AggregateError` (one error for each address that was tried) all.
 * The errors themselves are let go: ky's carry the request, and with it the key that `inspect` would print.
 */
export function transportErrors(error: unknown, redact: Redact): readonly TransportError[] {
  const found: TransportError[] = [];
  const seen = new Set<unknown>();
  const waiting: unknown[] = [error];
  while (waiting.length > 0 && found.length < mostLinks) {
    const next = waiting.shift();
    if (seen.has(next) || next === undefined || next === null) continue;
    seen.add(next);
    found.push(linkOf(next, redact));
    waiting.push(field(next, "cause"), ...listOf(field(next, "errors")));
  }
  return found;
}

/** The same chain as plain errors that hold nothing but name, code and message, to be an exception's `cause`. */
export function safeCause(errors: readonly TransportError[]): Error | undefined {
  return errors.reduceRight<Error | undefined>((cause, { name, code, message }) => {
    const error = new Error(message, cause === undefined ? undefined : { cause });
    // The stack would be that of this function, which misleads.
    Object.defineProperties(error, {
      name: { value: name, configurable: true, writable: true },
      stack: { value: `${name}: ${message}`, configurable: true, writable: true },
    });
    return code === "" ? error : Object.assign(error, { code });
  }, undefined);
}

const mostLinks = 10;
const longestMessage = 300;
const longestName = 100;

function linkOf(error: unknown, redact: Redact): TransportError {
  const clean = (value: unknown, maxLength: number): string => printable(typeof value === "string" ? value : "", maxLength, redact);
  const peer = peerOf(error);
  const url = field(field(error, "request"), "url");
  return {
    name: clean(field(error, "name"), longestName) || "Error",
    code: clean(field(error, "code"), longestName),
    message: clean(typeof error === "string" ? error : field(error, "message"), longestMessage),
    ...(peer !== undefined && { peer: clean(peer, longestName) }),
    ...(typeof url === "string" && { url }),
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, mostLinks) : [];
}

function peerOf(error: unknown): string | undefined {
  const socket = field(error, "socket");
  const address = field(error, "address") ?? field(socket, "remoteAddress");
  const port = field(error, "port") ?? field(socket, "remotePort");
  if (typeof address === "string" && typeof port === "number") return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
  const host = field(error, "hostname") ?? field(error, "host") ?? address;
  return typeof host === "string" ? host : undefined;
}

function field(value: unknown, key: string): unknown {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  try {
    return Reflect.get(value, key);
  } catch {
    // A getter of a foreign error class may throw; the failure to be told is another one.
    return undefined;
  }
}
