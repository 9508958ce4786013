/** What is printed in place of a key. */
export const hidden = "[hidden]";

/**
 * A text that is safe to print as far as shapes tell: each of its words that looks like a key is hidden. The other words stay, so that a sentence still says what it is about.
 *
 * @param looks which words are keys; default {@link looksLikeKey}
 */
export function withoutKeys(text: string, looks: (word: string) => boolean = looksLikeKey): string {
  return text.replaceAll(words, (word) => (looks(word) ? hidden : word));
}

/** Whether a word is what vendors give out as a key: by how it begins, or because no name that people choose looks like it. */
function looksLikeKey(word: string): boolean {
  return beginsLikeKey(word) || isRandom(word, 16);
}

/** {@link looksLikeKey}, and shorter random words too: for places where nobody misses a word, such as the path of an address. */
export function mayBeKey(word: string): boolean {
  return beginsLikeKey(word) || isRandom(word, 8);
}

/** Whether a word begins as vendors' keys do: `sk-` (OpenAI, Anthropic, DeepSeek, OpenRouter), `gsk_` (Groq), `AIza` (Google), `eyJ` (a JSON Web Token), ... */
export function beginsLikeKey(word: string): boolean {
  return /^(?:sk|pk|gsk|pplx|ghp)[-_]|^AIza[\w-]|^(?:github_pat|glpat|nvapi|xox[a-z])[-_]/.test(word) || marked.test(word);
}

const words = /[A-Za-z0-9][\w+=-]*/g;

/** Beginnings that names have too, or that stand behind another word, count when a digit follows. */
const marked = /(?:^|[-_=+])(?:(?:sk|pk|rk|csk|xai|pplx|nvapi)-|(?:sk|pk|gsk|hf|fw|r8|tgp|gh[opsu])_|AIza|AKIA|eyJ|ya29)(?=[\w+=-]*\d)/;

/** Letters and digits that no name mixes so: in one run of `shortest` characters, or in a text of 32 that is no chain of words such as `llama-3-1-405b-instruct`. */
function isRandom(word: string, shortest: number): boolean {
  const strange = word.split(/[-_+=]+/).filter((piece) => !plain.test(piece));
  return strange.some((piece) => piece.length >= shortest && isMixed(piece)) || (strange.length > 0 && word.length >= 32 && isMixed(word));
}

function isMixed(text: string): boolean {
  return text.length > 24 || (/\d/.test(text) && /[A-Za-z]/.test(text));
}

/** A word with or without a number behind it, a date, a size such as `70b`. */
const plain = /^(?:[A-Z]?[a-z]{0,24}(?:[A-Z][a-z]{1,24}){0,5}\d{0,4}|[A-Z]{0,24}\d{0,4}|[A-Za-z]{1,15}|\d{1,8}|[A-Za-z0-9]{1,6})$/;
