import type { Json, JsonObject } from "@chatport/domain";

/** The value of a JSON text; undefined when the text is none. */
export function parseJson(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isParsed(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value that came out of a JSON parser is an object. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A JSON text in which the fields of objects stand in one order, so that values that mean the same have the same text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, inOrder);
}

function inOrder(_key: string, value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** Says in types what `JSON.parse` promises. */
function isParsed(value: unknown): value is Json {
  return value !== undefined;
}

/** Whether JSON is a list; `Array.isArray` would make its items `any`. */
export function isJsonList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
