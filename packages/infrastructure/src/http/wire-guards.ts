// Pieces of the hand-written guards that stand in front of schemas on the hot path. A field that is null counts as absent, as it does on most wires.

/** The fields of a shape, of which nothing is known yet. */
export type Unknown<Shape> = { readonly [Key in keyof Shape]?: unknown };

export function isAbsent(value: unknown): boolean {
  return value == null;
}

export function isAbsentOrString(value: unknown): boolean {
  return typeof value === "string" || value == null;
}

/** `1e999` is valid JSON and no finite number. */
export function isAbsentOrNumber(value: unknown): boolean {
  return Number.isFinite(value) || value == null;
}
