import type { ChatEvent } from "@chatport/domain";
import type { Output } from "./output.js";

/**
 * Writes an answer for a program: each event of the port as one line of JSON, as it comes (`text-delta`, `part-end`, `message-end`, ...; see `ChatEvent`).
 *
 * @throws what the provider throws.
 */
export async function writeEventLines(events: AsyncIterable<ChatEvent>, output: Output): Promise<void> {
  for await (const event of events) await writeJsonLine(event, output);
}

/** One value as one line of JSON that is safe to show, too: a terminal obeys C1 controls, which JSON leaves as they are. */
export async function writeJsonLine(value: object, output: Output): Promise<void> {
  const json = JSON.stringify(value).replaceAll(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, escapeUnit);
  await output.write(`${json}\n`);
}

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
