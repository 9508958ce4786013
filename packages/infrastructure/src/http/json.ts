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

/** Says in types what `JSON.parse` promises. */
function isParsed(value: unknown): value is Json {
  return value !== undefined;
}
