import type { Message } from "@chatport/domain";

/** Messages as a caller without types may make them. */
export function untyped(messages: unknown): readonly Message[] {
  return JSON.parse(JSON.stringify(messages));
}
