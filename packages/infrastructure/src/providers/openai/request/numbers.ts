import { invalidRequest } from "./failures.js";

/** @throws {RequestException} `invalid-request` unless the value lies within the bounds. */
export function requireNumber(value: number, name: string, [low, high]: readonly [number, number], provider: string): number {
  if (value >= low && value <= high) return value;
  throw invalidRequest(provider, `${name} must be a number from ${low} to ${high}, not ${value}.`);
}

/** @throws {RequestException} `invalid-request` unless the value is a whole number that JSON carries exactly, and at least `low`. */
export function requireWhole(value: number, name: string, low: number, provider: string): number {
  if (Number.isSafeInteger(value) && value >= low) return value;
  const bound = low === Number.MIN_SAFE_INTEGER ? `from ${low} to ${Number.MAX_SAFE_INTEGER}` : `of at least ${low}`;
  throw invalidRequest(provider, `${name} must be a whole number ${bound}, not ${value}.`);
}
