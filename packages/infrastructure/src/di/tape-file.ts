import { appendFile, mkdir, readFile, truncate } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { TapeStorage } from "../resilience/index.js";

/** A tape in a file, which its owner alone can read: answers may be private. It and its folders are made when something is recorded. Relative paths start at the working folder. */
export function tapeFile(path: string): TapeStorage {
  const file = resolve(path);
  let mended: Promise<void> | undefined;
  return {
    async read() {
      try {
        return await readFile(file, "utf8");
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
        throw error;
      }
    },
    async append(lines) {
      await mkdir(dirname(file), { recursive: true });
      // A line that an earlier process did not finish would run into this one.
      mended ??= dropUnfinishedLine(file);
      await mended;
      await appendFile(file, lines, { mode: 0o600 });
    },
  };
}

async function dropUnfinishedLine(file: string): Promise<void> {
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) return;
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end < bytes.length) await truncate(file, end);
}
