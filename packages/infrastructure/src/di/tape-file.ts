import { constants } from "node:fs";
import { mkdir, open, realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { TapeStorage } from "../resilience/index.js";

/**
 * A tape in a file, which its owner alone can read: answers may be private. It and its folders are made when something is recorded.
 *
 * A relative path starts at the working folder and follows no link below it: the folder may be somebody else's, and a link in it would choose what is read or written. To follow
 * links, name the whole path.
 */
export function tapeFile(path: string): TapeStorage {
  return {
    name: path,
    async read() {
      try {
        await using handle = await openTape(path, constants.O_RDONLY);
        return await handle.readFile("utf8");
      } catch (error) {
        if (codeOf(error) === "ENOENT") return "";
        throw error;
      }
    },
    async append(lines) {
      await mkdir(await checkedFolder(path), { recursive: true });
      await using handle = await openTape(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT);
      await handle.appendFile(lines);
    },
  };
}

async function openTape(path: string, flags: number) {
  const file = join(await checkedFolder(path), basename(path));
  // Windows has neither flag.
  const careful = isAbsolute(path) ? 0 : (constants.O_NOFOLLOW ?? 0);
  try {
    const handle = await open(file, flags | careful | (constants.O_NONBLOCK ?? 0), 0o600);
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
  } catch (error) {
    if (isAbsolute(path) || codeOf(error) !== "ELOOP") throw error;
    throw linked();
  }
  throw new Error("it is not a file");
}

/** The folder of a tape. @throws {Error} when a link stands in the part of a relative path that there is already. */
async function checkedFolder(path: string): Promise<string> {
  const folder = dirname(resolve(path));
  if (isAbsolute(path)) return folder;
  const start = await realpath(".");
  const steps = relative(resolve("."), folder).split(sep);
  for (let length = steps.length; length > 0; length--) {
    const lexical = join(start, ...steps.slice(0, length));
    const real = await realpath(lexical).catch(() => undefined);
    if (real === undefined) continue;
    if (real !== lexical) throw linked();
    break;
  }
  return folder;
}

function linked(): Error {
  return new Error("it is or lies behind a link, which a relative path does not follow: name its whole path");
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
