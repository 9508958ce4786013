import type fc from "fast-check";
import { utf8 } from "./pieces.js";

/** One block of a streamed body (an event, a line, or something that is neither), and what a reader may conclude from it. */
export interface Block {
  readonly text: string;
  /** `end`: the end marker, after which nothing counts. `finish`: a finish reason. `failure`: an error, or something of the wrong shape. */
  readonly says?: "end" | "finish" | "failure" | undefined;
}

export function arbitraryBlock(texts: fc.Arbitrary<string>, says?: Block["says"]): fc.Arbitrary<Block> {
  return texts.map((text) => ({ text, says }));
}

export function bytesOf(blocks: readonly Block[]): Uint8Array {
  return utf8(blocks.map(({ text }) => text).join(""));
}

/** Whether an answer of these blocks is a success: it has an end marker or a finish reason, and no failure up to its end. */
export function succeeds(blocks: readonly Block[]): boolean {
  const end = blocks.findIndex(({ says }) => says === "end");
  const counted = end === -1 ? blocks : blocks.slice(0, end + 1);
  return counted.some(({ says }) => says === "end" || says === "finish") && !counted.some(({ says }) => says === "failure");
}
