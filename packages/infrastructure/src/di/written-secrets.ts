import { Secret } from "@chatport/domain";
import { isTable } from "../config/config-table.js";
import { hidden, withoutKeys } from "../config/key-shape.js";
import { isSecretReference } from "../config/secret-source.js";
import { decoded, isSecretSetting } from "../config/shown-value.js";
import { secretsIn } from "../http/http-client.js";

/**
 * The secrets that stand in a provider's table themselves, for whoever writes down what a server says: values of headers whose names or shapes say that they hold a key, settings
 * that are called one (a plug-in's own), the password and the query of an address.
 *
 * @param path where the table stands: `["providers", "work"]`
 */
export function writtenSecrets(value: unknown, path: readonly string[]): readonly Secret[] {
  if (isTable(value)) {
    const headers = /headers$/i.test(path.at(-1) ?? "") ? secretsIn(undefined, textsIn(value)) : [];
    return [...headers, ...Object.entries(value).flatMap(([key, inner]) => writtenSecrets(inner, [...path, key]))];
  }
  if (Array.isArray(value)) return value.flatMap((item) => writtenSecrets(item, path));
  if (typeof value !== "string" || isSecretReference(value)) return [];
  const own = withoutKeys(value) === hidden || isCalledSecret(value, path) ? [value] : [];
  return [...own, ...inAddress(value)].filter((text) => text !== "").map((text) => new Secret(text));
}

/** What merely stands beside a secret (`auth = { scheme = "basic" }`) is often a word of every answer, which a tape should keep. */
function isCalledSecret(value: string, path: readonly string[]): boolean {
  if (path.some((step, index) => index > 1 && /headers$/i.test(step))) return false;
  return isSecretSetting(["", "", path.at(-1) ?? ""]) || (isSecretSetting(path) && value.length >= 12);
}

/** No key has fewer than four characters, and taking out a `2` would spoil every answer that counts. */
function textsIn(table: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const isText = (entry: readonly [string, unknown]): entry is [string, string] => typeof entry[1] === "string" && entry[1].length >= 4;
  return Object.fromEntries(Object.entries(table).filter(isText));
}

function inAddress(value: string): readonly string[] {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(value) || !URL.canParse(value)) return [];
  const { username, password, searchParams } = new URL(value);
  const user = password === "" && withoutKeys(username) === hidden ? [username] : [];
  const query = [...searchParams].flatMap(([name, text]) => (isSecretSetting(["", "", name]) ? [text] : []));
  return [...user, password, decoded(password), ...query];
}
