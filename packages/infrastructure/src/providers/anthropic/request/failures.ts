import { RequestException } from "@chatport/domain";

/** The request asks for what the Messages API has no words for. `message` says what, where, and what to do instead. */
export function unsupported(provider: string, message: string): RequestException {
  return new RequestException("unsupported", message, { provider });
}

/** The request holds a value that can never be right, at whatever server. */
export function invalidRequest(provider: string, message: string): RequestException {
  return new RequestException("invalid-request", message, { provider });
}

/** @throws {RequestException} `invalid-request` unless the value lies within the bounds. */
export function requireNumber(value: number, name: string, [low, high]: readonly [number, number], provider: string): number {
  if (value >= low && value <= high) return value;
  throw invalidRequest(provider, `${name} must be a number from ${low} to ${high}, not ${value}.`);
}

/** @throws {RequestException} `invalid-request` unless the value is a whole number of at least 1 that JSON carries exactly. */
export function requireCount(value: number, name: string, provider: string): number {
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw invalidRequest(provider, `${name} must be a whole number of at least 1, not ${value}.`);
}
