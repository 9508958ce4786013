/** A setting's name as one would write it in TOML: names that are no bare keys stand in quotes. */
export function dotted(path: readonly PropertyKey[]): string {
  return path.map((step) => (/^[\w-]+$/.test(String(step)) ? String(step) : JSON.stringify(String(step)))).join(".");
}
