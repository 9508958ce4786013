import { RequestException, type ToolChoice } from "@chatport/domain";

/** The request asks for what an API has no words for. `message` says what, where, and what to do instead. */
export function unsupported(provider: string, message: string): RequestException {
  return new RequestException("unsupported", message, { provider });
}

/** The request holds a value that can never be right, at whatever server. */
export function invalidRequest(provider: string, message: string): RequestException {
  return new RequestException("invalid-request", message, { provider });
}

/** The least and the greatest value that is right. `Infinity` is no bound. */
export type Bounds = readonly [low: number, high: number];

/** All whole numbers that JSON carries exactly (RFC 8259, section 6). */
export const wholeNumbers: Bounds = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];

/** @throws {RequestException} `invalid-request` unless the value is a finite number within the bounds. */
export function requireNumber(value: number, name: string, bounds: Bounds, provider: string): number {
  if (Number.isFinite(value) && isWithin(value, bounds)) return value;
  throw invalidRequest(provider, `${name} must be a number ${inWords(bounds)}, not ${value}.`);
}

/** @throws {RequestException} `invalid-request` unless the value is a whole number within the bounds that JSON carries exactly. */
export function requireWhole(value: number, name: string, bounds: Bounds, provider: string): number {
  if (Number.isSafeInteger(value) && isWithin(value, bounds)) return value;
  // Of a number that is not whole the bounds say nothing, unless they are an API's own.
  const where = bounds === wholeNumbers && !Number.isInteger(value) ? "" : ` ${inWords(bounds)}`;
  throw invalidRequest(provider, `${name} must be a whole number${where}, not ${value}.`);
}

/** @throws {RequestException} `invalid-request` unless the value is a whole number of at least 1 that JSON carries exactly. */
export function requireCount(value: number, name: string, provider: string): number {
  return requireWhole(value, name, [1, Infinity], provider);
}

/**
 * Checks that a tool which must be called is one that the request declares.
 *
 * @param declared the names of all tools; of a server's own tool without a name the empty text
 * @throws {RequestException} `invalid-request` when there is no tool to call, or none of the name.
 */
export function requireCallable(choice: ToolChoice | undefined, declared: readonly string[], provider: string): void {
  if (choice === undefined || choice === "auto" || choice === "none") return;
  if (declared.length === 0) throw invalidRequest(provider, "toolChoice asks for a tool call, but the request declares no tools.");
  if (choice === "required" || (choice.tool !== "" && declared.includes(choice.tool))) return;
  const names = declared.filter((name) => name !== "").join(", ");
  throw invalidRequest(provider, `toolChoice names the tool "${choice.tool}", which is not among the request's tools: ${names}.`);
}

function isWithin(value: number, [low, high]: Bounds): boolean {
  return value >= low && value <= high;
}

function inWords([low, high]: Bounds): string {
  return high === Infinity ? `of at least ${low}` : `from ${low} to ${high}`;
}
