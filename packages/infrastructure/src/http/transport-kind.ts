import type { TransportError } from "./transport-error.js";

/** What went wrong between here and the server, as far as it makes a difference to people. */
export type TransportKind =
  | "refused"
  | "unresolved"
  | "unreachable"
  | "closed"
  | "connect-timeout"
  | "headers-timeout"
  | "body-timeout"
  | "not-http"
  | "not-tls"
  | "certificate"
  | "tls"
  | "compression"
  | "compression-cut"
  | "cut"
  | "redirect"
  | "header"
  | "url"
  | "blocked-port"
  | "browser"
  | "unknown";

/** The kind of one link of an error's chain: by its code where it has one, else by the words of the runtimes that give no codes. */
export function kindOf(error: TransportError): TransportKind {
  // OpenSSL's EPROTO covers many faults; this one has a remedy of its own.
  if (/wrong version number/i.test(error.message)) return "not-tls";
  return (
    kindByCode.get(error.code) ??
    codeFamilies.find(([pattern]) => pattern.test(error.code))?.[1] ??
    kindByName.get(error.name) ??
    messages.find(([pattern]) => pattern.test(error.message))?.[1] ??
    "unknown"
  );
}

/** Whether a code tells people something: an operating system's (`ECONNRESET`) or a TLS library's (`CERT_HAS_EXPIRED`). */
export function isTransportCode(code: string): boolean {
  return /^(?:E[A-Z_]{3,}|(?!UND_ERR)[A-Z]+(?:_[A-Z0-9]+)+)$/.test(code) && !/^ERR_(?:INVALID|_)/.test(code);
}

/**
 * Node (https://nodejs.org/api/errors.html), undici (its docs/api/Errors.md) and Bun, which has codes of its own.
 */
const kindByCode: ReadonlyMap<string, TransportKind> = new Map([
  ["ECONNREFUSED", "refused"],
  ["ConnectionRefused", "refused"],
  ["ENOTFOUND", "unresolved"],
  ["EAI_AGAIN", "unresolved"],
  ["EAI_FAIL", "unresolved"],
  ["EAI_NODATA", "unresolved"],
  ["EAI_NONAME", "unresolved"],
  ["EHOSTUNREACH", "unreachable"],
  ["EHOSTDOWN", "unreachable"],
  ["ENETUNREACH", "unreachable"],
  ["ENETDOWN", "unreachable"],
  ["EADDRNOTAVAIL", "unreachable"],
  ["FailedToOpenSocket", "unreachable"],
  ["ECONNRESET", "closed"],
  ["ECONNABORTED", "closed"],
  ["EPIPE", "closed"],
  ["ConnectionClosed", "closed"],
  ["UND_ERR_SOCKET", "closed"],
  ["UND_ERR_CLOSED", "closed"],
  ["UND_ERR_DESTROYED", "closed"],
  ["ERR_STREAM_PREMATURE_CLOSE", "closed"],
  ["ETIMEDOUT", "connect-timeout"],
  ["UND_ERR_CONNECT_TIMEOUT", "connect-timeout"],
  ["ConnectionTimeout", "connect-timeout"],
  ["UND_ERR_HEADERS_TIMEOUT", "headers-timeout"],
  ["UND_ERR_BODY_TIMEOUT", "body-timeout"],
  ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", "cut"],
  ["ERR_SSL_WRONG_VERSION_NUMBER", "not-tls"],
  ["ERR_SSL_PACKET_LENGTH_TOO_LONG", "not-tls"],
  ["CERT_HAS_EXPIRED", "certificate"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "certificate"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "certificate"],
  ["HOSTNAME_MISMATCH", "certificate"],
  ["INVALID_CA", "certificate"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "certificate"],
  ["EPROTO", "tls"],
  ["Z_BUF_ERROR", "compression-cut"],
  ["ERR_INVALID_CHAR", "header"],
  ["ERR_INVALID_URL", "url"],
]);

const codeFamilies: readonly (readonly [pattern: RegExp, kind: TransportKind])[] = [
  [/^(?:CERT_|CRL_|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET|DECRYPT|DECODE))/, "certificate"],
  [/^ERR_(?:TLS|SSL)_/, "tls"],
  [/^HPE_/, "not-http"],
  // zlib, brotli (ERR__ERROR_FORMAT_…) and zstd.
  [/^(?:Z_|ERR__ERROR_|ERR_BROTLI|ERR_ZSTD|ZSTD_|ZlibError|Brotli)/, "compression"],
  [/^(?:ERR_HTTP2_|NGHTTP2_)/, "closed"],
];

const kindByName: ReadonlyMap<string, TransportKind> = new Map([
  ["HTTPParserError", "not-http"],
  ["ConnectTimeoutError", "connect-timeout"],
  ["HeadersTimeoutError", "headers-timeout"],
  ["BodyTimeoutError", "body-timeout"],
  ["TimeoutError", "headers-timeout"],
]);

/** Deno tells what happened in words alone, undici some of it, and browsers next to nothing. */
const messages: readonly (readonly [pattern: RegExp, kind: TransportKind])[] = [
  [/connection refused/i, "refused"],
  [/dns error|failed to lookup address|name or service not known/i, "unresolved"],
  [/network is unreachable|no route to host/i, "unreachable"],
  [/invalid peer certificate|certificate (?:has expired|verify failed)|self[- ]signed certificate/i, "certificate"],
  [/received corrupt message/i, "not-tls"],
  [
    /connection (?:was )?(?:reset|closed|lost|aborted)|broken pipe|other side closed|socket hang up|^terminated$|connection closed before message completed/i,
    "closed",
  ],
  [/unexpected redirect/i, "redirect"],
  [/invalid header value|is not a legal HTTP header value|ByteString|header '[^']*' has invalid value/i, "header"],
  [/^bad port$/i, "blocked-port"],
  [/URL scheme must be|unknown scheme|Failed to parse URL|Invalid URL/i, "url"],
  [/(?:incorrect header check|invalid (?:block type|distance|gzip|stored block)|decompress|decoding failed)/i, "compression"],
  [
    /^(?:Failed to fetch|Load failed)\b|^NetworkError when attempting to fetch resource|Internet connection appears to be offline/i,
    "browser",
  ],
];
