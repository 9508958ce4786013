import type { SearchResult } from "minisearch";
import { weightOf } from "./weak-terms.js";

/**
 * Whether a search result knows enough of the question's terms to settle it: the error code that it is about, half of the terms, or a third of them when two
 * name the subject. A score cannot tell, since it grows with the length of the question.
 */
export function settles(result: SearchResult, terms: readonly string[], codes: ReadonlySet<string>): boolean {
  if (result.queryTerms.some((term) => codes.has(term))) return true;
  const worth = terms.map((term) => Math.max(0, ...result.terms.map((found) => worthOf(term, found, result))));
  const known = sum(terms.map((term, at) => weightOf(term) * (worth[at] ?? 0))) / sum(terms.map(weightOf));
  const subjects = worth.filter((each) => each > inText).length;
  return known >= 1 / 2 || (known >= 1 / 3 && subjects >= 2);
}

/** What a term counts that stands in the text alone, and not in the title or the keywords, which name a section's subject; or that is only nearly the same. */
const inText = 0.6;

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function worthOf(term: string, found: string, { queryTerms, match }: SearchResult): number {
  // Whoever mistypes a word gets its beginning right: "uninstall" is no "install".
  if (!queryTerms.includes(term) || found[0] !== term[0]) return 0;
  // A weak word in passing ("no update check") is no sign of the subject.
  if (!found.startsWith(term) || (match[found] ?? []).every((field) => field === "body")) return weightOf(term) < 1 ? 0 : inText;
  return found === term ? 1 : 0.8;
}
