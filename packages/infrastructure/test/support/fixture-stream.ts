import { readFileSync } from "node:fs";
import type { AssistantPart, ChatEvent, FinishReason, Usage } from "@chatport/domain";
import { expect } from "vitest";
import type { ObservedAnswer } from "./observed-answer.js";
import { cutsAnywhere } from "./pieces.js";

/** A stream of the fixtures (see their README for the origin of each) and what it says. */
export interface FixtureStream {
  readonly file: string;
  readonly parts: readonly AssistantPart[];
  readonly finishReason: FinishReason;
  readonly rawFinishReason: string;
  readonly usage: Usage;
}

/** The bytes of a file below `fixtures`. */
export function fixtureBytes(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../fixtures/${path}`, import.meta.url)));
}

/** Checks that an answer is what the stream says, to its last field. */
export function expectSaid({ exception, parts, end }: ObservedAnswer, said: FixtureStream): void {
  const { finishReason, rawFinishReason, usage } = said;
  expect(exception).toBeUndefined();
  expect(parts).toEqual(said.parts);
  expect(end).toEqual({ type: "message-end", finishReason, rawFinishReason, usage });
}

/** Checks that these bytes, wherever they are cut, are read as the events that they are when they come whole. */
export async function expectSameEventsCutAnywhere(
  bytes: Uint8Array,
  whole: readonly ChatEvent[],
  read: (pieces: readonly Uint8Array[]) => Promise<readonly ChatEvent[]> | readonly ChatEvent[],
): Promise<void> {
  for (const pieces of cutsAnywhere(bytes)) expect(await read(pieces), `after ${pieces[0]?.length} bytes`).toEqual(whole);
}
