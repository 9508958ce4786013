import type { StandardSchemaV1 } from "@chatport/domain";
import * as z from "zod/mini";
import { isTable } from "./config-table.js";

/**
 * The names that a schema allows at a path; undefined when it cannot tell. zod's own schemas can, and so can any that speaks Standard JSON Schema
 * (https://standardschema.dev/json-schema).
 */
export function keysOf(schema: StandardSchemaV1, path: readonly PropertyKey[] = []): readonly string[] | undefined {
  const tables = branchesAt(schema, path).map((branch) => member(branch, "properties"));
  const known = tables.filter(isTable).flatMap((properties) => Object.keys(properties));
  return known.length === 0 && !tables.some(isTable) ? undefined : [...new Set(known)];
}

/** Whether a schema allows names at a path that it does not know, such as those of headers. */
export function takesAnyName(schema: StandardSchemaV1, path: readonly PropertyKey[]): boolean {
  return branchesAt(schema, path).some((branch) => {
    const others = member(branch, "additionalProperties");
    return member(branch, "type") === "object" && others !== false;
  });
}

/** What a schema fills in for a setting that is not there, by the setting's path; undefined when it fills in nothing, or cannot tell. */
export function defaultIn(schema: StandardSchemaV1, path: readonly PropertyKey[]): unknown {
  return branchesAt(schema, path)
    .map((branch) => member(branch, "default"))
    .find((value) => value !== undefined);
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

/** What a schema says of the value at a path, one entry for each form that the value may have. */
function branchesAt(schema: StandardSchemaV1, path: readonly PropertyKey[]): readonly unknown[] {
  const start = branchesOf(jsonSchemaOf(schema));
  return path.reduce<readonly unknown[]>((nodes, key) => nodes.flatMap((node) => branchesOf(descend(node, key))), start);
}

/** A schema, and those of a union or a conjunction that it consists of. */
function branchesOf(node: unknown): readonly unknown[] {
  if (node === undefined) return [];
  const inner = ["anyOf", "oneOf", "allOf"].flatMap((keyword) => {
    const all = member(node, keyword);
    return Array.isArray(all) ? all.flatMap(branchesOf) : [];
  });
  return [node, ...inner];
}

function descend(node: unknown, key: PropertyKey): unknown {
  const properties = member(node, "properties");
  return isTable(properties) && Object.hasOwn(properties, key) ? properties[String(key)] : undefined;
}

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && key in value ? Reflect.get(value, key) : undefined;
}
