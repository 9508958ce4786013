import { readFile } from "node:fs/promises";
import type { PageFile } from "./application.js";

const files = [
  ["/", "index.html", "text/html; charset=utf-8"],
  ["/page.js", "page.js", "text/javascript; charset=utf-8"],
  ["/page.css", "page.css", "text/css; charset=utf-8"],
] as const;

/** The page as the build left it, by path. */
export async function pageFiles(folder: URL): Promise<ReadonlyMap<string, PageFile>> {
  const entries = files.map(async ([path, name, type]): Promise<[string, PageFile]> => [
    path,
    { type, content: await readFile(new URL(name, folder), "utf8") },
  ]);
  return new Map(await Promise.all(entries));
}
