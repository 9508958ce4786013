import { join } from "node:path";
import { type ConfigFile, readConfigBytes } from "./config-file.js";
import { layerFrom } from "./config-layer.js";
import { chosenConfigFile, type Surroundings, surroundingsOf } from "./config-locations.js";
import { table } from "./config-table.js";
import { provenanceOf } from "./provenance.js";
import type { ShownValue } from "./shown-value.js";
import { needsTrust } from "./trust.js";
import { createTrustStore } from "./trust-store.js";
import { parseToml } from "./toml-document.js";

export interface TrustOptions extends Surroundings {
  /** The project's file. Default `./chatport.toml`. */
  readonly file?: string | undefined;
}

/** A file that has been trusted, and what that lets it decide. */
export interface TrustedFile {
  readonly path: string;
  /** The settings that take effect only by this (of `provider`: unless the user has that one anyway); values are as they may be printed. */
  readonly settings: readonly { readonly key: string; readonly value: ShownValue }[];
}

/**
 * Trusts a project's file as it is now: by its path and the hash of its content, so that a change asks again.
 *
 * @throws {ConfigException} `unreadable` (for a link, too, which the loader does not follow) or `syntax`.
 */
export async function trustProjectFile(options: TrustOptions = {}): Promise<TrustedFile> {
  const surroundings = surroundingsOf(options);
  const chosen = chosenConfigFile(options.file ?? join(".", "chatport.toml"), surroundings);
  // Read as the loader will read it: what it would refuse, such as a link, is not to be trusted for nothing.
  const file: ConfigFile = { ...chosen, scope: "project" };
  const bytes = await readConfigBytes(file);
  const values = parseToml(bytes, { kind: "file", file: file.shown, folder: "", scope: "project" });
  await createTrustStore(surroundings).add(file.path, bytes);
  const settings = provenanceOf([layerFrom({ kind: "default" }, table(values))]).filter(
    ({ path }) => path[0] === "provider" || needsTrust(path),
  );
  return { path: file.path, settings: settings.map(({ key, value }) => ({ key, value })) };
}

/**
 * Trusts a project's file no longer.
 *
 * @throws {ConfigException} `unreadable`.
 */
export async function distrustProjectFile(options: TrustOptions = {}): Promise<{ readonly path: string }> {
  const surroundings = surroundingsOf(options);
  const { path } = chosenConfigFile(options.file ?? "chatport.toml", surroundings);
  await createTrustStore(surroundings).remove(path);
  return { path };
}
