import type { Message } from "@chatport/domain";
import { historyLosses, type HistoryTable } from "../../src/providers/history-losses.js";

/** The marks in a value, each once, in order: a word in capitals, perhaps a vendor's name, and `MARK`. */
export function marksIn(value: unknown): readonly string[] {
  return sorted(JSON.stringify(value).match(/[A-Z]+[a-z]*MARK/gu) ?? []);
}

/** The marks of one vendor's in a value. */
export function marksOf(name: string, value: unknown): readonly string[] {
  return marksIn(value).filter((mark) => mark.replace(/^[A-Z]+/u, "") === `${name}MARK`);
}

/** The marks that will be missing, as `historyLosses` tells beforehand: those of whole parts, or of a part's state alone. */
export function marksLost(messages: readonly Message[], table: HistoryTable): readonly string[] {
  const losses = historyLosses(messages, table);
  if (losses === undefined) throw new Error(`Nobody knows what ${table.type} takes back.`);
  const lost = losses.flatMap(({ message, part: index, what }) => {
    const { providerMetadata = {}, ...part } = messages[message]?.content[index] ?? {};
    if (what !== "state") return marksIn({ ...part, providerMetadata });
    // Some state repeats what the part says, which stays.
    return marksIn(providerMetadata).filter((mark) => !marksIn(part).includes(mark));
  });
  return sorted(lost);
}

function sorted(marks: readonly string[]): readonly string[] {
  return [...new Set(marks)].toSorted();
}
