/** A table of the configuration: without a prototype, so that no name in a file reaches one. */
export type ConfigTable = { readonly [key: string]: unknown };

/** Whether a value is a table (and not an array or a date). */
export function isTable(value: unknown): value is ConfigTable {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** What stands at a path of tables; undefined where nothing does. */
export function valueAt(values: unknown, path: readonly string[]): unknown {
  let value = values;
  for (const step of path) value = isTable(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  return value;
}

/** A table of these entries. */
export function table(entries: Readonly<Record<string, unknown>> = {}): ConfigTable {
  return { __proto__: null, ...entries };
}

/** Both tables: where both have a key, tables merge and everything else (arrays too) is the upper one's. */
export function mergeTables(lower: ConfigTable, upper: ConfigTable): ConfigTable {
  const merged: Record<string, unknown> = { __proto__: null, ...lower };
  for (const [key, value] of Object.entries(upper)) {
    const below = merged[key];
    merged[key] = isTable(below) && isTable(value) ? mergeTables(below, value) : value;
  }
  return merged;
}
