import { constants, statSync } from "node:fs";
import { dirname } from "node:path";
import { ConfigException } from "./config-exception.js";
import type { ConfigLayer } from "./config-layer.js";
import type { FileOrigin } from "./origin.js";
import { openHere, openPatiently } from "./open-file.js";
import { openToOthers } from "./open-to-others.js";
import { decode, parseToml } from "./toml-document.js";
import { tomlPositions } from "./toml-positions.js";
import { refuseUntrusted } from "./trust.js";
import type { TrustStore } from "./trust-store.js";

/** A configuration file: where it is, and what people call it. */
export interface ConfigFile {
  readonly path: string;
  readonly shown: string;
  readonly scope: FileOrigin["scope"];
}

/** The most that a configuration file may have, in bytes. */
const maximumBytes = 1024 * 1024;
/** Room for most files; what has more gets more. To clear the most that a file may have takes longer than to read what it has. */
const usualBytes = 16 * 1024;

/** A file's settings, and what the user should know about the way the file is kept. */
export interface ReadConfigFile {
  readonly layer: ConfigLayer;
  readonly warnings: readonly string[];
}

/**
 * Reads a file as a layer of settings; undefined when there is no such file and its scope allows that (a chosen file must exist).
 *
 * @throws {ConfigException} `unreadable` or `syntax`; `untrusted` for a project's file that is not trusted and sets more than such a file may.
 */
export async function readConfigFile(file: ConfigFile, trust: TrustStore): Promise<ReadConfigFile | undefined> {
  const origin: FileOrigin = { kind: "file", file: file.shown, folder: dirname(file.path), scope: file.scope };
  const read = await readBytes(file, origin);
  if (read === undefined) return undefined;
  // The very bytes that are parsed are the ones that are judged: a file that is exchanged in between gains nothing.
  const state = file.scope === "project" ? await trust.stateOf(file.path, read.bytes) : undefined;
  const layer = layerOf(read.bytes, state === undefined ? origin : { ...origin, trusted: state === "trusted" });
  if (state !== undefined && state !== "trusted") refuseUntrusted(layer, state);
  return { layer, warnings: read.isRegular ? openToOthers(origin, read.mode, file.path) : [] };
}

/** The bytes of a file that one is asked to trust. @throws {ConfigException} `unreadable`. */
export async function readConfigBytes(file: ConfigFile): Promise<Uint8Array> {
  const origin: FileOrigin = { kind: "file", file: file.shown, folder: dirname(file.path), scope: file.scope };
  const read = await readBytes(file, origin);
  if (read === undefined) throw new ConfigException("unreadable", "The file cannot be read (there is none).", { origin });
  return read.bytes;
}

function layerOf(bytes: Uint8Array, origin: FileOrigin): ConfigLayer {
  const values = parseToml(bytes, origin);
  const lineOf = tomlPositions(decode(bytes, origin));
  return {
    values,
    originOf(path) {
      // Looked for when somebody asks: only mistakes and explanations tell a line.
      return {
        ...origin,
        get line() {
          return lineOf(path);
        },
      };
    },
  };
}

interface ReadBytes {
  readonly bytes: Uint8Array;
  readonly mode: number;
  readonly isRegular: boolean;
}

async function readBytes(file: ConfigFile, origin: FileOrigin): Promise<ReadBytes | undefined> {
  try {
    // A pipe that lies where a file is looked for would block; one that the user names (`<(...)` of a shell) is read.
    const isNamedPipe = file.scope === "chosen" && !statSync(file.path).isFile();
    await using handle = isNamedPipe ? await openPatiently(file.path, "r") : openHere(file.path, flagsFor(file.scope));
    const facts = await handle.stat();
    if (file.scope !== "chosen" && !facts.isFile()) throw new ConfigException("unreadable", "This is not a file.", { origin });
    let buffer = new Uint8Array(usualBytes);
    let length = 0;
    for (;;) {
      if (length === buffer.length) buffer = enlarged(buffer);
      const bytesRead = await handle.read(buffer, length);
      length += bytesRead;
      if (length > maximumBytes) throw new ConfigException("unreadable", "The file has more than 1 MiB.", { origin });
      if (bytesRead === 0) return { bytes: buffer.subarray(0, length), mode: facts.mode, isRegular: facts.isFile() };
    }
  } catch (error) {
    if (error instanceof ConfigException) throw error;
    const code = systemCode(error);
    if (file.scope !== "chosen" && (code === "ENOENT" || code === "ENOTDIR")) return undefined;
    const reason = code === "ELOOP" && file.scope === "project" ? linkReason : (reasons[code] ?? code);
    throw new ConfigException("unreadable", `The file cannot be read (${reason}).`, { origin, cause: error });
  }
}

function enlarged(buffer: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.min(4 * buffer.length, maximumBytes + 1));
  larger.set(buffer);
  return larger;
}

/** A project's file is not followed where it is a link: what it names relatively would mean another folder than the one that was trusted. */
function flagsFor(scope: ConfigFile["scope"]): string | number {
  if (scope === "chosen") return "r";
  // Windows has neither.
  return constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (scope === "project" ? (constants.O_NOFOLLOW ?? 0) : 0);
}

const linkReason = "it is a link, and a project's file has to be one of its own";

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is none",
  ENOTDIR: "there is none",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "it is a folder",
  ELOOP: "its links go round in a circle",
};

function systemCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
}
