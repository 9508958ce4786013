/** What is printed in place of a key. */
export const hidden = "[hidden]";

/**
 * A text that is safe to print as far as shapes tell: each of its words that looks like a key is hidden, and each run of base64. The other words stay, so that a sentence still says
 * what it is about. The cost is linear in the text.
 */
export function withoutKeys(text: string): string {
  return withoutWords(
    text.replaceAll(runs, (run) => (isEncodedKey(run) ? hidden : run)),
    looksLikeKey,
  );
}

/** A text without the words that are keys in the eyes of `looks`: {@link mayBeKey} where nobody misses a word, {@link beginsLikeKey} where random names are usual. */
export function withoutWords(text: string, looks: (word: string) => boolean): string {
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

/** Whether a text is a key from end to end, also one in base64, which has characters that end a word. */
export function isKeyWhole(text: string): boolean {
  return beginsLikeKey(text) || isEncodedKey(text);
}

/**
 * Whether a word begins as vendors' keys do: `sk-` (OpenAI, Anthropic, DeepSeek, OpenRouter), `gsk_` (Groq), `AIza` (Google), `eyJ` (a JSON Web Token), ... Where names begin like
 * that, too (`xai-grok-4`, `pplx-7b-chat`), and behind another word, it counts when the word goes on as no name does.
 */
export function beginsLikeKey(word: string): boolean {
  const pieces = word.split(separators);
  const begun = pieces.findIndex((piece) => beginning.test(piece));
  return certain.test(word) || (begun !== -1 && pieces.slice(begun + 1).some((piece) => piece.length > 6 && isStrange(piece)));
}

const words = /[A-Za-z0-9][\w+=-]*/g;
const runs = /[\w+/=-]{32,}/g;
const separators = /[^A-Za-z0-9]+/;

const beginning = /^(?:sk|pk|rk|csk|gsk|xai|pplx|nvapi|gh[opsu]|hf|fw|r8|tgp)$/;
const certain =
  /^(?:(?:sk|ghp|github_pat|glpat|xox[a-z])[-_]|gsk_|nvapi-|AIza[\w-])|(?:^|[-_=+])(?:AKIA[A-Z0-9]{12}|AIza[\w-]{16}|eyJ(?=[\w-]{0,16}\d)[\w-]{12})/;

/** Letters and digits that no name mixes so: in one run of `shortest` characters, or in a text of 32 that is no chain of words such as `llama-3-1-405b-instruct`. */
function isRandom(word: string, shortest: number): boolean {
  const strange = word.split(separators).filter((piece) => !plain.test(piece));
  return strange.some((piece) => piece.length >= shortest && isMixed(piece)) || (strange.length > 0 && word.length >= 32 && isMixed(word));
}

/** Whether a run is base64: at least half of it is in pieces whose letters change their case and have digits as no name does. A model's id or a path is made of names. */
function isEncodedKey(run: string): boolean {
  if (run.length < 32 || !/[+/=]/.test(run) || !/^[\w+/=-]+$/.test(run)) return false;
  const strange = run
    .split(separators)
    .filter((piece) => piece.length > 6 && !plain.test(piece) && /[a-z]/.test(piece) && /[A-Z]/.test(piece));
  return strange.reduce((length, piece) => length + piece.length, 0) * 2 >= run.length;
}

function isStrange(piece: string): boolean {
  return !plain.test(piece) && isMixed(piece);
}

function isMixed(text: string): boolean {
  return text.length > 24 || (/\d/.test(text) && /[A-Za-z]/.test(text));
}

/** A word with or without a number behind it, a few of them in a row (`eastus2prod001`, `gpt4omini20240718`), a date, a size such as `70b`. */
const plain =
  /^(?:[A-Z]?[a-z]{0,24}(?:[A-Z][a-z]{1,24}){0,5}\d{0,4}|(?:[a-z]{3,24}\d{1,8}){1,3}[a-z]{0,24}|(?:[A-Z]{3,24}\d{1,8}){1,3}[A-Z]{0,24}|[A-Z]{0,24}\d{0,4}|[A-Za-z]{1,15}|\d{1,8}|[A-Za-z0-9]{1,6})$/;
