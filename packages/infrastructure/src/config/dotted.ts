import { parse, TomlError } from "smol-toml";

/** A setting's name as one would write it in TOML: names that are no bare keys stand in quotes. */
export function dotted(path: readonly PropertyKey[]): string {
  return path.map((step) => (/^[\w-]+$/.test(String(step)) ? String(step) : JSON.stringify(String(step)))).join(".");
}

/** The path of a setting's name, read as TOML reads it; undefined when it is none. */
export function undotted(key: string): readonly string[] | undefined {
  if (/[\r\n#]/.test(key)) return undefined;
  try {
    const path: string[] = [];
    let value: unknown = parse(`${key} = 0`, { unsafeKeyBehaviour: "throw" });
    while (typeof value === "object" && value !== null) {
      const [entry] = Object.entries(value);
      if (entry === undefined) return undefined;
      path.push(entry[0]);
      value = entry[1];
    }
    return value === 0 ? path : undefined;
  } catch (error) {
    if (error instanceof TomlError) return undefined;
    throw error;
  }
}
