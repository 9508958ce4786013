import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { dirname } from "node:path";
import { parse, TomlError } from "smol-toml";
import { ConfigException } from "./config-exception.js";
import type { ConfigLayer } from "./config-layer.js";
import type { ConfigTable } from "./config-table.js";
import type { FileOrigin } from "./origin.js";
import { tomlPositions } from "./toml-positions.js";

/** A configuration file: where it is, and what people call it. */
export interface ConfigFile {
  readonly path: string;
  readonly shown: string;
  readonly scope: FileOrigin["scope"];
}

/** The most that a configuration file may have, in bytes. */
const maximumBytes = 1024 * 1024;

/** Deeper tables than these are no configuration. */
const maximumDepth = 32;

/**
 * Reads a file as a layer of settings; undefined when there is no such file and its scope allows that (a chosen file must exist).
 *
 * @throws {ConfigException} `unreadable` or `syntax`.
 */
export async function readConfigFile(file: ConfigFile): Promise<ConfigLayer | undefined> {
  const origin: FileOrigin = { kind: "file", file: file.shown, folder: dirname(file.path), scope: file.scope };
  const bytes = await readBytes(file, origin);
  if (bytes === undefined) return undefined;
  const text = decode(bytes, origin);
  const values = parseToml(text, origin);
  const lineOf = tomlPositions(text);
  return {
    values,
    originOf(path) {
      const line = lineOf(path);
      return line === undefined ? origin : { ...origin, line };
    },
  };
}

async function readBytes(file: ConfigFile, origin: FileOrigin): Promise<Uint8Array | undefined> {
  try {
    // A pipe that lies where a file is looked for would block; one that the user names (`<(...)` of a shell) is read.
    await using handle = await open(file.path, file.scope === "chosen" ? "r" : constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const facts = await handle.stat();
    if (file.scope !== "chosen" && !facts.isFile()) throw new ConfigException("unreadable", "This is not a file.", { origin });
    const buffer = new Uint8Array(maximumBytes + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length);
      length += bytesRead;
      if (length > maximumBytes) throw new ConfigException("unreadable", "The file has more than 1 MiB.", { origin });
      if (bytesRead === 0) return buffer.subarray(0, length);
    }
  } catch (error) {
    if (error instanceof ConfigException) throw error;
    const code = systemCode(error);
    if (file.scope !== "chosen" && (code === "ENOENT" || code === "ENOTDIR")) return undefined;
    throw new ConfigException("unreadable", `The file cannot be read (${reasons[code] ?? code}).`, { origin, cause: error });
  }
}

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

function decode(bytes: Uint8Array, origin: FileOrigin): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new ConfigException("unreadable", "The file is not UTF-8 text.", { origin });
  }
}

function parseToml(text: string, origin: FileOrigin): ConfigTable {
  try {
    return parse(text, { unsafeKeyBehaviour: "throw", maxDepth: maximumDepth });
  } catch (error) {
    // Neither the parser's error nor the lines that it quotes go further: the line may hold a key that somebody forgot to put in quotes.
    if (!(error instanceof TomlError)) throw new ConfigException("syntax", "The file is not TOML.", { origin });
    throw new ConfigException("syntax", `This is not TOML: ${reasonOf(error)}.`, {
      origin: { ...origin, line: error.line },
      column: error.column,
    });
  }
}

function reasonOf(error: TomlError): string {
  const [first = ""] = error.message.replace(/^Invalid TOML document: /, "").split("\n");
  return /^[a-z:,' -]+\.?$/i.test(first) ? first.replace(/\.$/, "") : "invalid value";
}
