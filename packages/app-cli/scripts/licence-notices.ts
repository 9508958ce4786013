import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readManifest } from "./manifest.ts";

/** The licences of the npm packages that these bundled modules come from, as their terms ask: one text, packages in order of name. */
export async function licenceNotices(modules: readonly string[]): Promise<string> {
  const folders = new Set(modules.map(packageFolder).filter((folder) => folder !== undefined));
  const notices = await Promise.all(Array.from(folders, notice));
  return `chatport is bundled with these packages.\n\n${notices.toSorted().join("\n\n")}\n`;
}

function packageFolder(module: string): string | undefined {
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(module.replaceAll("\\", "/"))?.[1];
}

async function notice(folder: string): Promise<string> {
  const { name, version, license } = await readManifest(folder);
  const file = (await readdir(folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const terms = file === undefined ? `Licence: ${license}` : await readFile(join(folder, file), "utf8");
  return `== ${name} ${version} (${license}) ==\n\n${terms.trim()}`;
}
