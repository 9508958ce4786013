import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** What the build reads of a `package.json`. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** The `package.json` of a folder. Missing fields read as "unknown". */
export async function readManifest(folder: string): Promise<Manifest> {
  const manifest: unknown = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const fields = new Map<string, unknown>(typeof manifest === "object" && manifest !== null ? Object.entries(manifest) : []);
  const word = (field: string): string => {
    const value = fields.get(field);
    return typeof value === "string" ? value : "unknown";
  };
  return { name: word("name"), version: word("version"), license: word("license") };
}
