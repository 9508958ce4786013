import { searchTerms } from "./search-terms.js";

/**
 * How much a term of a question counts, from 0 to 1. Words that ask for something, or that go with every subject, name none: "change the temperature" is about
 * the temperature, "is there a Python version?" about Python.
 */
export function weightOf(term: string): number {
  return weakTerms.has(term) ? 0.3 : 1;
}

const weakTerms: ReadonlySet<string> = new Set(
  "change adjust modify alter increase decrease raise lower reduce enable disable turn set exist available update version number amount minutes seconds hours"
    .split(" ")
    .flatMap(searchTerms),
);
