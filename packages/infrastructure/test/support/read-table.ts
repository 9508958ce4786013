import type { StandardSchemaV1 } from "@chatport/domain";

/** A provider's table as the configuration's loader sees it, through the Standard Schema interface: what it becomes, or each mistake as `path: message`. */
export async function readTable(schema: StandardSchemaV1, table: unknown): Promise<unknown> {
  const result = await schema["~standard"].validate(table);
  if (result.issues === undefined) return result.value;
  return result.issues.map(({ message, path = [] }) => `${path.map(String).join(".")}: ${message}`);
}
