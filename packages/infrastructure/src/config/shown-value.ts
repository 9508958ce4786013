import { isTable } from "./config-table.js";
import { hidden, isKeyWhole, mayBeKey, withoutKeys, withoutWords } from "./key-shape.js";

/** A value that is safe to print. */
export type ShownValue = string | number | boolean | readonly ShownValue[];

/**
 * A setting's value as it may be printed, by the setting's path: never a key. A reference shows where the key is kept (of a command, the program alone); headers
 * and what is called a key, a token, a password or the like are hidden; addresses lose their credentials, queries and what may be a token in their paths; and of every text the
 * words that look like a key are hidden.
 */
export function shownValue(path: readonly string[], value: unknown): ShownValue {
  if (typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map((item) => shownValue(path, item));
  if (isTable(value))
    return `{ ${Object.keys(value)
      .map((key) => withoutKeys(key))
      .join(", ")} }`;
  if (typeof value === "number" || typeof value === "bigint") return shownNumber(path, value);
  if (typeof value !== "string") return isSecretSetting(path) ? hidden : shownOther(value);
  return shownReference(value) ?? (isSecretSetting(path) || isKeyWhole(value) ? hidden : withoutKeys(shownAddress(path, value)));
}

/** The steps to a setting as they may be printed: a name, too, may be a key that somebody put in the wrong place. */
export function shownPath(path: readonly string[]): readonly string[] {
  return path.map((step) => withoutKeys(step));
}

/** Whether a setting may hold a key, by its name or that of a table around it: `apiKey`, `auth.user`, `defaultHeaders`, a tape's `redact`. */
export function isSecretSetting(path: readonly (string | number)[]): boolean {
  // Neither "providers" nor the provider's own name says anything of what stands in the table.
  return path.slice(2).some((step) => secretName.test(String(step)));
}

const secretName = /headers?$|keys?$|tokens?$|secret|pass|auth|credential|cookie|bearer|signature$|redact$|jwt$/i;
/** A number of tokens is no token. */
const amountName = /tokens$/i;

function shownNumber(path: readonly string[], value: number | bigint): ShownValue {
  const counts = amountName.test(path.at(-1) ?? "") && !isSecretSetting(path.slice(0, -1));
  if (isSecretSetting(path) && !counts) return hidden;
  return typeof value === "number" && Number.isFinite(value) ? value : String(value);
}

function shownOther(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}

function shownReference(value: string): string | undefined {
  if (/^env:[A-Za-z_][A-Za-z0-9_]*$/.test(value)) return mayBeKey(value.slice(4)) ? undefined : value;
  if (/^file:[^?#]*$/.test(value)) return isKeyWhole(value.slice(5)) ? undefined : withoutKeys(value);
  const [, program] = /^command:\s*\[\s*"([^"\\]*)"/.exec(value) ?? [];
  return program === undefined || isKeyWhole(program) ? undefined : `command:["${withoutKeys(program)}", ...]`;
}

function shownAddress(path: readonly string[], value: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(value))
    return /url$|uri$|endpoint$|proxy$/i.test(path.at(-1) ?? "") && /[@?]/.test(value) ? hidden : value;
  if (!URL.canParse(value)) return hidden;
  const url = new URL(value);
  return `${url.protocol}//${url.host}${shownPathname(url.pathname)}${url.search === "" ? "" : `?${hidden}`}`;
}

/** As it is written, unless a word of it is hidden: what is encoded may be a slash, or a control character. */
function shownPathname(pathname: string): string {
  const path = decoded(pathname);
  const shown = withoutWords(path, mayBeKey);
  return shown === path ? pathname : shown;
}

/** A key may stand in a path percent-encoded, where no rule would know it. */
export function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
