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
  return pathToFileURL(isFolder ? await entryOf(path) : path).href;
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

/** The file that a package's folder stands for. */
async function entryOf(folder: string): Promise<string> {
  const file = join(folder, "package.json");
  const manifest: unknown = (await exists(file)) ? JSON.parse(await readFile(file, "utf8")) : {};
  const exports = member(manifest, "exports") ?? undefined;
  // Without `exports` Node.js asks `main`, which may leave out its ending or name a folder, and `index.js`.
  if (exports === undefined) return createRequire(file).resolve(folder);
  const entry = targetOf(member(exports, ".") ?? exports);
  if (entry !== undefined) return join(folder, entry);
  throw Object.assign(new Error("The package exports nothing to whoever imports it."), { code: "ERR_PACKAGE_PATH_NOT_EXPORTED" });
}

/** What a target of `exports` means to an importing Node.js: the first of its conditions, in the order of the package, or of its alternatives that leads somewhere. */
function targetOf(target: unknown): string | undefined {
  if (typeof target === "string") return target;
  if (typeof target !== "object" || target === null) return undefined;
  const isList = Array.isArray(target);
  const choices = Object.entries(target).flatMap(([condition, inner]: [string, unknown]) =>
    isList || conditions.has(condition) ? [inner] : [],
  );
  return choices.map(targetOf).find((path) => path !== undefined);
}

const conditions: ReadonlySet<string> = new Set(["node-addons", "node", "import", "module-sync", "default"]);

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
