import { isJsonObject } from "../../src/http/json.js";

/** One line of a literal in source text, and where in the value it stands: `messages[0].content`, or nothing for the value itself. */
export interface LiteralLine {
  readonly text: string;
  readonly path: string;
}

/** A JSON value as a literal of TypeScript, a line for every value in it, so that a compiler's complaint about a line is one about a field. */
export function literalLines(value: unknown, path = "", label = "", end = ""): readonly LiteralLine[] {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return [
      { text: `${label}[`, path },
      ...items.flatMap((item, index) => literalLines(item, `${path}[${index}]`, "", ",")),
      { text: `]${end}`, path },
    ];
  }
  if (!isJsonObject(value)) return [{ text: `${label}${JSON.stringify(value)}${end}`, path }];
  const fields = Object.entries(value);
  return [
    { text: `${label}{`, path },
    // In brackets, `__proto__` is a field like any other.
    ...fields.flatMap(([key, field]) => literalLines(field, path === "" ? key : `${path}.${key}`, labelOf(key), ",")),
    { text: `}${end}`, path },
  ];
}

function labelOf(key: string): string {
  return key === "__proto__" ? `[${JSON.stringify(key)}]: ` : `${JSON.stringify(key)}: `;
}
