import { realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { describeOrigin, type FileOrigin } from "./origin.js";

/**
 * The warning about a file that others on this machine can change: whoever may write to it, or put another one in its place, decides where the user's prompts and
 * keys go. A link can be exchanged, and what it leads to. None on Windows, which knows no such modes.
 */
export function openToOthers(origin: FileOrigin, mode: number, path: string): readonly string[] {
  if (process.platform === "win32") return [];
  if ((mode & writableByOthers) !== 0) return [`Others on this machine can change ${describeOrigin(origin)}: run chmod o-w on it.`];
  // What a project's file may do is decided by its content, wherever it lies.
  const folder = origin.scope === "project" ? undefined : (openFolder(origin.folder) ?? openFolder(dirname(realpathSync(path))));
  if (folder === undefined) return [];
  const [file, shown] = [origin, { ...origin, file: folder }].map(describeOrigin);
  return [`Others on this machine can change ${file}, as they can write to the folder ${shown}: run chmod o-w on that.`];
}

const writableByOthers = 0o002;
/** In a folder with this bit, such as `/tmp`, a file is taken away by its owner alone (https://man7.org/linux/man-pages/man7/inode.7.html). */
const sticky = 0o1000;

/** The nearest folder, this one or one above it, in which others can exchange what lies in it. */
function openFolder(folder: string): string | undefined {
  const mode = statSync(folder, { throwIfNoEntry: false })?.mode ?? 0;
  if ((mode & writableByOthers) !== 0 && (mode & sticky) === 0) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : openFolder(above);
}
