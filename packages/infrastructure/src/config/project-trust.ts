import { join } from "node:path";
import { type ConfigFile, readConfigBytes } from "./config-file.js";
import { layerFrom } from "./config-layer.js";
import { withBeneath } from "./file-settings.js";
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
  /** The settings that take effect only by this (of `provider` and of a table without a type: unless the user has that one anyway); values are as they may be printed. */
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
  const layer = layerFrom({ kind: "default" }, table(values));
  // Such a table makes the provider of a key's variable a configured one, which answers by itself where it is the only one.
  const { beneath } = withBeneath([layer], surroundings);
  const settings = provenanceOf([layer]).filter(
    ({ path: [top, name = ""], path }) => top === "provider" || needsTrust(path) || (top === "providers" && beneath.has(name)),
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
