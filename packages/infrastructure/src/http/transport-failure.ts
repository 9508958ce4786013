import { type ChatException, isChatException, NetworkException, ParseException, RequestException } from "@chatport/domain";
import type { FailureContext } from "./failure-context.js";
import { printable } from "./printable.js";
import { safeCause, type TransportError, transportErrors } from "./transport-error.js";
import { isTransportCode, kindOf, type TransportKind } from "./transport-kind.js";

/**
 * The exception for what `fetch`, ky, undici or the socket threw. Its message says what failed, where and what to do; its `cause` is a copy of the error's chain
 * with names, codes and redacted messages alone. A `ChatException` is returned as it is. An abort is none of its business: ask the signal first.
 */
export function failureFromTransport(error: unknown, context: FailureContext): ChatException {
  if (isChatException(error)) return error;
  const chain = transportErrors(error, context.redact);
  const telling = mostTelling(chain);
  const kind = kindNow(telling, context);
  const where = placeOf(chain, context.url) ?? "the server";
  const words = sentences[kind](where, telling);
  // Node's and OpenSSL's codes are what people search for; undici's and zlib's say nothing that the sentence does not.
  const code = telling !== undefined && isTransportCode(telling.code) ? ` (${telling.code})` : "";
  const message = printable(words + code, longestMessage, context.redact);
  const final = kind === "unknown" && isProgramsOwn(chain) ? { retryable: false } : {};
  return exceptionOf(kind, message, { ...detailsOf(context, chain), ...final });
}

/** Once an answer has begun, what cannot be read as HTTP any more is a connection that broke. */
function kindNow(telling: TransportError | undefined, { answering }: FailureContext): TransportKind {
  const kind = telling === undefined ? "unknown" : kindOf(telling);
  return kind === "not-http" && answering === true ? "closed" : kind;
}

/** A bare TypeError is a mistake in the program, in a `fetch` of its own, say: asking again changes nothing. */
function isProgramsOwn([first, ...others]: readonly TransportError[]): boolean {
  return others.length === 0 && first?.name === "TypeError" && first.code === "";
}

const longestMessage = 600;

/** What to say, by kind of failure. `where` is a host with its port, or "the server". */
const sentences: Readonly<Record<TransportKind, (where: string, error: TransportError | undefined) => string>> = {
  refused: (where) => `Connection refused by ${where}: is the server running?`,
  unresolved: (where) => `The host name of ${where} cannot be resolved: is the base URL right, and is there a network?`,
  unreachable: (where) => `No route to ${where}: is there a network?`,
  closed: (where) => `The connection to ${where} was closed before the answer was complete.`,
  "connect-timeout": (where) => `Connecting to ${where} took too long: is the address right, and does a firewall let it through?`,
  "headers-timeout": (where) => `${upperFirst(where)} did not begin to answer in time.`,
  "body-timeout": (where) => `${upperFirst(where)} stopped in the middle of its answer.`,
  "not-http": (where) => `What ${where} answered is not HTTP: does the base URL name the right port?`,
  "not-tls": (where) => `${upperFirst(where)} does not speak TLS: should the base URL begin with http:// instead of https://?`,
  certificate: (where) =>
    `The TLS certificate of ${where} is not trusted: check its name and validity, or make its authority known (NODE_EXTRA_CA_CERTS in Node).`,
  tls: (where) => `No secure connection to ${where} could be agreed on.`,
  compression: (where) => `The compressed answer of ${where} cannot be unpacked.`,
  "compression-cut": (where) => `The compressed answer of ${where} ended too early.`,
  cut: (where) => `The answer of ${where} is shorter than it announced.`,
  redirect: () =>
    "The server redirects elsewhere. Redirects are not followed, so that the key goes nowhere else: set baseUrl to the address that answers.",
  header: () =>
    "A header cannot be sent, as its value holds characters that HTTP does not allow: is there a line break or a typographic quote in the key?",
  "blocked-port": (where) =>
    `fetch refuses to ask ${where}: its port is reserved for another protocol (https://fetch.spec.whatwg.org/#port-blocking).`,
  url: () => "The base URL is not a URL that can be asked: give one like https://host/v1.",
  browser: (where) =>
    `The request to ${where} failed, and the browser does not say why: is the server running, and does it allow this page's origin (CORS)?`,
  unknown: (where, error) => `The request to ${where} failed${error === undefined || error.message === "" ? "." : `: ${error.message}`}`,
};

type Details = ConstructorParameters<typeof RequestException>[2];

function exceptionOf(kind: TransportKind, message: string, details: Details): ChatException {
  switch (kind) {
    case "connect-timeout":
    case "headers-timeout":
      return new NetworkException("timeout", message, { ...details, phase: "headers" });
    case "body-timeout":
      return new NetworkException("timeout", message, { ...details, phase: "idle" });
    case "compression":
      return new ParseException("malformed", message, details);
    case "compression-cut":
    case "cut":
      return new NetworkException("truncated", message, details);
    case "redirect":
    case "header":
    case "url":
    case "blocked-port":
      return new RequestException("invalid-request", message, details);
    case "not-tls":
    case "certificate":
    case "tls":
      return new NetworkException("network", message, { ...details, retryable: false });
    case "refused":
    case "unresolved":
    case "unreachable":
    case "closed":
    case "not-http":
    case "browser":
    case "unknown":
      return new NetworkException("network", message, details);
  }
}

function detailsOf(context: FailureContext, chain: readonly TransportError[]): Details {
  const cause = safeCause(chain);
  return {
    provider: context.provider,
    ...(context.requestId !== undefined && { requestId: context.requestId }),
    ...(context.partial !== undefined && { partial: context.partial }),
    ...(context.usage !== undefined && { usage: context.usage }),
    ...(cause !== undefined && { cause }),
  };
}

/** The deepest link whose kind is known, as "fetch failed" is on the outside; else the deepest that says anything. */
function mostTelling(chain: readonly TransportError[]): TransportError | undefined {
  return (
    chain.findLast((link) => !["unknown", "browser"].includes(kindOf(link))) ??
    chain.findLast((link) => kindOf(link) === "browser") ??
    chain.findLast((link) => link.message !== "")
  );
}

function placeOf(chain: readonly TransportError[], url: string | undefined): string | undefined {
  const address = url ?? chain.find((link) => link.url !== undefined)?.url;
  if (address !== undefined && URL.canParse(address)) return new URL(address).host || undefined;
  return chain.findLast((link) => link.peer !== undefined)?.peer;
}

function upperFirst(where: string): string {
  return where === "the server" ? "The server" : where;
}
