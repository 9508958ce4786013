import { access, readFile, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expandHome, type KnownSurroundings } from "./config-locations.js";

/**
 * The URL of a plugin's module.
 *
 * `import.meta.resolve` takes no other place to start from, and `require.resolve` does not see what a package exports to `import` alone, so a package's entry is read
 * from its `package.json` (https://nodejs.org/api/packages.html#exports).
 */
export async function resolvePlugin(specifier: string, folder: string, surroundings: Pick<KnownSurroundings, "home">): Promise<string> {
  const path = expandHome(specifier, surroundings);
  if (/^\.{1,2}(?:[/\\]|$)/.test(path) || isAbsolute(path)) return urlOf(resolve(folder, path));
  for (const start of [folder, dirname(fileURLToPath(import.meta.url))]) {
    const found = await packageFolder(path, start);
    if (found !== undefined) return urlOf(found);
  }
  // A module inside a package, or one that is not there: Node.js says which.
  return pathToFileURL(createRequire(join(folder, "chatport.toml")).resolve(path)).href;
}

async function urlOf(path: string): Promise<string> {
  const isFolder = (await stat(path)).isDirectory();
  return pathToFileURL(isFolder ? join(path, await entryOf(path)) : path).href;
}

async function packageFolder(name: string, start: string): Promise<string | undefined> {
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (await exists(join(candidate, "package.json"))) return candidate;
    if (dirname(folder) === folder) return undefined;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

async function entryOf(folder: string): Promise<string> {
  const file = join(folder, "package.json");
  const manifest: unknown = (await exists(file)) ? JSON.parse(await readFile(file, "utf8")) : {};
  return exported(member(manifest, "exports")) ?? text(member(manifest, "main")) ?? "index.js";
}

/** What `exports` gives an importing Node.js for the package itself. */
function exported(exports: unknown): string | undefined {
  if (typeof exports === "string") return exports;
  const conditions = member(exports, ".") ?? exports;
  if (typeof conditions === "string") return conditions;
  for (const condition of ["node", "import", "module-sync", "default"]) {
    const found = member(conditions, condition);
    if (found !== undefined) return exported(found);
  }
  return undefined;
}

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
