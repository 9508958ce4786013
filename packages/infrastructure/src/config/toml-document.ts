import { parse, TomlError } from "smol-toml";
import { ConfigException } from "./config-exception.js";
import type { ConfigTable } from "./config-table.js";
import type { FileOrigin } from "./origin.js";

/** Deeper tables than these are no configuration. */
const maximumDepth = 32;

/** The text of a file's bytes. @throws {ConfigException} `unreadable` when they are not UTF-8. */
export function decode(bytes: Uint8Array, origin: FileOrigin): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new ConfigException("unreadable", "The file is not UTF-8 text.", { origin });
  }
}

/** A file's settings. @throws {ConfigException} `unreadable` or `syntax`. */
export function parseToml(bytes: Uint8Array, origin: FileOrigin): ConfigTable {
  const text = decode(bytes, origin);
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
