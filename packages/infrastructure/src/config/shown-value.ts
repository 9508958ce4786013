import { isTable } from "./config-table.js";

/** A value that is safe to print. */
export type ShownValue = string | number | boolean | readonly ShownValue[];

/**
 * A setting's value as it may be printed, by the setting's path: never a key. A reference shows where the key is kept (of a command, the program alone); headers
 * and what is called a key, a token, a password or the like are hidden; addresses lose their credentials and queries.
 */
export function shownValue(path: readonly string[], value: unknown): ShownValue {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map((item) => shownValue(path, item));
  if (isTable(value)) return `{ ${Object.keys(value).join(", ")} }`;
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "string") return String(value);
  return shownReference(value) ?? (isSecret(path) || looksLikeKey(value) ? hidden : withoutCredentials(value));
}

const hidden = "[hidden]";

function shownReference(value: string): string | undefined {
  if (/^env:[A-Za-z_][A-Za-z0-9_]*$/.test(value) && !looksLikeKey(value.slice(4))) return value;
  if (/^file:[^?#]*$/.test(value) && !looksLikeKey(value.slice(5))) return value;
  const [, program] = /^command:\s*\[\s*"([^"\\]*)"/.exec(value) ?? [];
  if (program !== undefined && !looksLikeKey(program)) return `command:["${program}", ...]`;
  return undefined;
}

/** A setting that may hold a key, by its name or that of a table around it. */
function isSecret(path: readonly string[]): boolean {
  return path.some((step, index) => index > 0 && /^headers$|keys?$|tokens?$|secret|pass|auth|credential/i.test(step));
}

/** What vendors' keys begin with (`sk-`, `AIza`, `gsk_`, `xai-`), or a long run of letters and digits mixed. */
function looksLikeKey(text: string): boolean {
  return /^(?:sk|pk|gsk|xai|key|pplx|hf|ghp|AIza)[-_A-Z]/.test(text) || /^(?=\S*\d)(?=\S*[A-Za-z])[A-Za-z0-9_+=-]{32,}$/.test(text);
}

function withoutCredentials(value: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return value;
  if (!URL.canParse(value)) return hidden;
  const url = new URL(value);
  return `${url.protocol}//${url.host}${url.pathname}${url.search === "" ? "" : "?[hidden]"}`;
}
