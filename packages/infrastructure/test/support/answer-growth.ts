import { expect, vi } from "vitest";
import { jsonItemSources, jsonSource } from "../../src/http/json-source.js";

/**
 * Checks that ten times as much of something costs in proportion: what is counted is the characters that are read of an answer's source, because whatever the machine
 * is busy with, twice the input has to be twice the work. The test replaces `json-source.js` by spies of itself.
 *
 * @param least what 100 of it cost at least, in characters: less would mean that nothing was counted
 * @param readAnswer reads an answer with that many of it, and checks what it says
 */
export async function expectReadingInProportion(least: number, readAnswer: (count: number) => Promise<void>): Promise<void> {
  const few = await charactersReadBy(() => readAnswer(100));
  const many = await charactersReadBy(() => readAnswer(1_000));
  expect(few).toBeGreaterThan(least);
  // Ten times as many; work that grew with the square would be a hundred times.
  expect(many / few).toBeLessThan(15);
}

async function charactersReadBy(read: () => Promise<void>): Promise<number> {
  const values = vi.mocked(jsonSource).mockClear();
  const items = vi.mocked(jsonItemSources).mockClear();
  await read();
  return [...values.mock.calls, ...items.mock.calls].reduce((sum, [text]) => sum + text.length, 0);
}
