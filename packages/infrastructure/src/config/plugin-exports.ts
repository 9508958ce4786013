import type { ProviderFactory } from "@chatport/domain";

/**
 * The factory that a plug-in's module exports: as `providerFactory`, or as its default. A CommonJS module that was compiled from `export default` has its default inside of the
 * default that `import` gives (https://nodejs.org/api/esm.html#commonjs-namespaces), and one whose names Node.js does not find has its `providerFactory` there.
 *
 * @returns the factory; or, for people, what the module lacks of one
 */
export function factoryIn(module: unknown): { readonly factory: ProviderFactory } | { readonly lack: string } {
  const byDefault = member(module, "default");
  const candidates = [
    ["providerFactory", member(module, "providerFactory")],
    ["providerFactory", member(byDefault, "providerFactory")],
    ["default export", member(byDefault, "default")],
    ["default export", byDefault],
  ] as const;
  const lacks: string[] = [];
  for (const [name, value] of candidates) {
    if (isFactory(value)) return { factory: value };
    if (value !== undefined) lacks.push(`its ${name} ${lackOf(value)}`);
  }
  return { lack: lacks[0] ?? "neither providerFactory nor a default" };
}

function isFactory(value: unknown): value is ProviderFactory {
  return lackOf(value) === undefined;
}

/** What a value lacks of a factory; undefined when it lacks nothing. */
function lackOf(value: unknown): string | undefined {
  if (typeof value === "function") return `is a ${/^class\b/.test(String(value)) ? "class" : "function"}, not an object`;
  if (Array.isArray(value)) return "is an array";
  if (typeof value !== "object" || value === null) return `is ${value === null ? "null" : `a ${typeof value}`}`;
  const type = member(value, "type");
  if (type === undefined) return "has no type";
  if (typeof type !== "string" || type.trim() === "") return 'has a type that is no name such as "my-api"';
  const schema = member(value, "configSchema");
  if (schema === undefined) return "has no configSchema";
  if (typeof member(member(schema, "~standard"), "validate") !== "function")
    return "has a configSchema that is no Standard Schema (https://standardschema.dev)";
  return typeof member(value, "create") === "function" ? undefined : "has no create()";
}

/** Schemas of some libraries are functions. */
function member(value: unknown, key: string): unknown {
  return (typeof value === "object" && value !== null) || typeof value === "function" ? Reflect.get(value, key) : undefined;
}
