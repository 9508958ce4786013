import { dropPromise } from "./drop-promise.js";

/** What a value lacks of a provider, for people: "undefined", "a provider without stream()". Undefined when it lacks nothing. */
export function providerLack(value: unknown): string | undefined {
  if (value === undefined || value === null) return String(value);
  if (typeof value !== "object") return `a ${typeof value}`;
  if (dropPromise(value)) return "a promise; it must give the provider itself";
  for (const name of ["name", "vendor"] as const) {
    const text: unknown = Reflect.get(value, name);
    if (typeof text !== "string" || text === "") return `a provider without a ${name}`;
  }
  const capabilities: unknown = Reflect.get(value, "capabilities");
  if (capabilities === undefined) return "a provider without capabilities";
  if (!isSet(capabilities)) return "a provider whose capabilities are no Set";
  if (typeof Reflect.get(value, "stream") !== "function") return "a provider without stream()";
  const listModels: unknown = Reflect.get(value, "listModels");
  return listModels === undefined || typeof listModels === "function" ? undefined : "a provider whose listModels is no function";
}

function isSet(value: unknown): boolean {
  return typeof value === "object" && value !== null && Symbol.iterator in value && "has" in value && typeof value.has === "function";
}
