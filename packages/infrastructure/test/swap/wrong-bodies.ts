import { isJsonObject } from "../../src/http/json.js";

/** A body with one thing wrong in it, and the field that it is. */
export interface WrongBody {
  readonly path: string;
  readonly body: unknown;
}

/** The body with a field that nobody knows, in each of its objects in turn. */
export function withUnknownFields(body: unknown): readonly WrongBody[] {
  return wrongAt(body, "", (value, path) =>
    isJsonObject(value) ? { path: fieldOf(path, "unknown"), body: { ...value, unknown: 1 } } : undefined,
  );
}

/** The body with a number in place of a text, for each of its texts in turn. */
export function withNumbersForTexts(body: unknown): readonly WrongBody[] {
  return wrongAt(body, "", (value, path) => (typeof value === "string" ? { path, body: 1 } : undefined));
}

function wrongAt(value: unknown, path: string, change: (value: unknown, path: string) => WrongBody | undefined): readonly WrongBody[] {
  const here = change(value, path);
  return [...(here === undefined ? [] : [here]), ...wrongInside(value, path, change)];
}

function wrongInside(value: unknown, path: string, change: (value: unknown, path: string) => WrongBody | undefined): readonly WrongBody[] {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.flatMap((item, place) =>
      wrongAt(item, `${path}[${place}]`, change).map((wrong) => ({ ...wrong, body: items.with(place, wrong.body) })),
    );
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, field]) =>
    wrongAt(field, fieldOf(path, key), change).map((wrong) => ({ ...wrong, body: { ...value, [key]: wrong.body } })),
  );
}

function fieldOf(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
