import { createHash, randomUUID } from "node:crypto";
import { lstat, mkdir, open, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import * as z from "zod/mini";
import { ConfigException } from "./config-exception.js";
import { openHere } from "./open-file.js";
import { abbreviate, homeless, type KnownSurroundings, stateFolder } from "./config-locations.js";

/** Whether the user has trusted a file: `changed` when it was another content. */
export type TrustState = "trusted" | "changed" | "unknown";

/** The project files that the user has trusted, by path and content. */
export interface TrustStore {
  /** Whether this content of this file is trusted. A store that cannot be read, or that others can change, trusts nothing. */
  stateOf(path: string, content: Uint8Array): Promise<TrustState>;
  /** Trusts this content of this file. @throws {ConfigException} `unreadable` when the store cannot be written. */
  add(path: string, content: Uint8Array): Promise<void>;
  /** Trusts the file no longer, also one that is not there any more. @throws {ConfigException} `unreadable` when the store cannot be written, or does not know a file that is not there. */
  remove(path: string): Promise<void>;
}

const storeSchema = z.object({ version: z.literal(1), files: z.record(z.string(), z.string()) });

/** `trust.json` in the state folder: the path of each file, in its folder's real path, with the SHA-256 of its content. Its mode is 600. */
export function createTrustStore(surroundings: KnownSurroundings): TrustStore {
  const folder = stateFolder(surroundings);
  const path = folder && join(folder, "trust.json");
  const change = async (edit: (files: Map<string, string>) => void): Promise<void> => {
    if (path === undefined) throw new ConfigException("unreadable", `The list of trusted files has no place, as ${homeless}.`);
    const files = new Map(await readStore(path));
    edit(files);
    try {
      await writeStore(path, files);
    } catch (error) {
      const shown = abbreviate(path, surroundings);
      const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
      throw new ConfigException("unreadable", `The list of trusted files, ${shown}, cannot be written (${code}).`, { cause: error });
    }
  };
  return {
    async stateOf(file, content) {
      const files = path === undefined ? undefined : await readStore(path);
      const trusted = files?.size ? files.get(await placeOf(file)) : undefined;
      if (trusted === undefined) return "unknown";
      return trusted === hashOf(content) ? "trusted" : "changed";
    },
    async add(file, content) {
      const place = await placeOf(file);
      await change((files) => files.set(place, hashOf(content)));
    },
    async remove(file) {
      const [place, isThere] = await Promise.all([placeOf(file), isInFolder(file)]);
      await change((files) => {
        if (files.delete(place) || isThere) return;
        const shown = abbreviate(file, surroundings);
        throw new ConfigException("unreadable", `${shown} is not there, and has not been trusted.`);
      });
    },
  };
}

/** The file in the real path of its folder. A link keeps a place of its own: what it leads to is another folder's file, and trust in the one says nothing of the other. */
async function placeOf(file: string): Promise<string> {
  const folder = dirname(file);
  return join(await realpath(folder).catch(() => folder), basename(file));
}

async function isInFolder(file: string): Promise<boolean> {
  return await lstat(file).then(
    () => true,
    () => false,
  );
}

function hashOf(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

async function readStore(path: string): Promise<ReadonlyMap<string, string>> {
  try {
    await using file = openHere(path, "r");
    const { mode, uid, size } = await file.stat();
    // In a folder that others can write to, a file of theirs could lie in its place. (Windows knows neither modes nor such owners.)
    if (process.platform !== "win32" && ((mode & 0o022) !== 0 || uid !== process.getuid?.())) return new Map();
    const bytes = new Uint8Array(size);
    await file.read(bytes, 0);
    const content: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return new Map(Object.entries(z.parse(storeSchema, content).files));
  } catch {
    // Whatever is wrong with the store, the safe answer is that nothing is trusted.
    return new Map();
  }
}

/** A file of its own that takes the old one's place: a reader sees one or the other, never half of one. */
async function writeStore(path: string, files: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const half = `${path}.${randomUUID()}`;
  await using handle = await open(half, "wx", 0o600);
  try {
    await handle.writeFile(`${JSON.stringify({ version: 1, files: Object.fromEntries(files) }, undefined, 2)}\n`);
    await rename(half, path);
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  }
}
