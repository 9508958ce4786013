import MiniSearch, { type SearchOptions } from "minisearch";
import { errorCodesIn } from "./error-codes.js";
import type { ManualSection } from "./manual-section.js";
import { searchTerms } from "./search-terms.js";
import { settles } from "./settles.js";
import { weightOf } from "./weak-terms.js";

/** Ranked search over a manual. */
export interface ManualSearch {
  /**
   * The sections that answer best, best first, at most `limit` (default 6). Undefined when the question has no words to search for ("hi", "how are you?").
   *
   * @param context what was said before: it weighs half as much.
   */
  find(question: string, context?: string, limit?: number): readonly Finding[] | undefined;
}

/** A section that matches a question. */
export interface Finding {
  readonly section: ManualSection;
  /** Whether it knows enough of the question's words to be an answer, rather than a guess. */
  readonly isAnswer: boolean;
}

/** Indexes sections: some 10 ms for a manual of sixty. */
export function createManualSearch(sections: readonly ManualSection[]): ManualSearch {
  const byId = new Map(sections.map((section) => [section.id, section]));
  const vocabulary: Vocabulary = new Map();
  const index = new MiniSearch<ManualSection>({
    fields: ["title", "keywords", "body"],
    tokenize: wordsOf,
    processTerm: (word) => termsOfManual(word, vocabulary),
  });
  index.addAll(sections);

  return {
    find(question, context = "", limit = 6) {
      const asked = termsOfQuestion(question, vocabulary);
      if (asked.length === 0) return undefined;
      const before = termsOfQuestion(context, vocabulary).filter((term) => !asked.includes(term));
      const codes = new Set(errorCodesIn(question).flatMap(searchTerms));
      const boostTerm = (term: string): number => (codes.has(term) ? 20 : weightOf(term) * (asked.includes(term) ? 1 : 0.5));
      const results = index.search([...asked, ...before].join(" "), { ...searchOptions, boostTerm });
      return results.slice(0, limit).flatMap((result) => {
        const section = byId.get(String(result.id));
        return section === undefined ? [] : [{ section, isAnswer: settles(result, [...asked, ...before], codes) }];
      });
    },
  };
}

/** The words of a manual as they are written, and the terms that they are found by. */
type Vocabulary = Map<string, string[]>;

const searchOptions: SearchOptions = {
  // The terms are ready; to process them again would stem a stem.
  tokenize: (text) => text.split(" "),
  processTerm: (term) => term,
  boost: { title: 3, keywords: 2, body: 1 },
  // A short word begins other words than its own forms: "java" JavaScript, "port" portal.
  prefix: (term) => term.length > 4,
  fuzzy: (term) => (term.length > 4 && !/\d/.test(term) ? 0.2 : false),
  weights: { fuzzy: 0.3, prefix: 0.6 },
  // Long lists of keywords are no lack of focus: length counts less than usual (b is 0.7 by default).
  bm25: { k: 1.2, b: 0.3, d: 0.5 },
};

function termsOfManual(word: string, vocabulary: Vocabulary): string[] {
  // A manual repeats its words, and to look one up is quicker than to stem it again.
  const terms = vocabulary.get(word) ?? searchTerms(word);
  vocabulary.set(word, terms);
  return terms;
}

/** An identifier that the manual has is meant as a whole: its parts would lead elsewhere. */
function termsOfQuestion(text: string, vocabulary: Vocabulary): string[] {
  return [...new Set(wordsOf(text).flatMap((word) => (vocabulary.has(word) ? searchTerms(word).slice(0, 1) : searchTerms(word))))];
}

/** Everything that is no letter and no digit parts words: MiniSearch's own rule keeps the backticks of Markdown. */
function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u);
}
