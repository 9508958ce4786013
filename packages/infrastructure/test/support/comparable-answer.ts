import type { ObservedAnswer } from "./observed-answer.js";

/** What a consumer saw, without the ids that are made up for calls that came without one. */
export function comparable({ exception, ...rest }: ObservedAnswer): unknown {
  const plain = { ...rest, exception: exception && Object.assign({ message: exception.message }, exception) };
  return JSON.parse(JSON.stringify(plain).replaceAll(/"call_[0-9a-f]{24}"/gu, '"minted"'));
}
