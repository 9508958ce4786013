import type { StandardSchemaV1 } from "@chatport/domain";
import * as z from "zod/mini";
import { isTable } from "./config-table.js";

/**
 * The names that a schema allows at a path; undefined when it cannot tell. zod's own schemas can, and so can any that speaks Standard JSON Schema
 * (https://standardschema.dev/json-schema).
 */
export function keysOf(schema: StandardSchemaV1, path: readonly PropertyKey[] = []): readonly string[] | undefined {
  let node = jsonSchemaOf(schema);
  for (const key of path) node = descend(node, key);
  const properties = member(node, "properties");
  return isTable(properties) ? Object.keys(properties) : undefined;
}

/** What a schema fills in for a setting that is not there, by the setting's path; undefined when it fills in nothing, or cannot tell. */
export function defaultIn(schema: StandardSchemaV1, path: readonly PropertyKey[]): unknown {
  let node = jsonSchemaOf(schema);
  for (const key of path) node = descend(node, key);
  return member(node, "default");
}

/** A schema of what may be written, as JSON Schema (2020-12); undefined when its library cannot tell. */
export function jsonSchemaOf(schema: StandardSchemaV1 | undefined): unknown {
  if (schema === undefined) return undefined;
  try {
    if (schema instanceof z.core.$ZodType) return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
    const convert: unknown = member(member(schema["~standard"], "jsonSchema"), "input");
    return typeof convert === "function" ? Reflect.apply(convert, undefined, [{ target: "draft-2020-12" }]) : undefined;
  } catch {
    // It only helps to word a hint: a schema that JSON Schema cannot express gives none.
    return undefined;
  }
}

function descend(node: unknown, key: PropertyKey): unknown {
  const union = member(node, "anyOf");
  const branches: readonly unknown[] = Array.isArray(union) ? union : [];
  for (const branch of [node, ...branches]) {
    const properties = member(branch, "properties");
    if (isTable(properties) && Object.hasOwn(properties, key)) return properties[String(key)];
  }
  return undefined;
}

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && key in value ? Reflect.get(value, key) : undefined;
}
