import { access } from "node:fs/promises";
import { readConfigBytes } from "./config-file.js";
import { surroundingsOf } from "./config-locations.js";
import type { FileOrigin } from "./origin.js";
import { configFilesFor, type LoadOptions } from "./load-configuration.js";
import { createTrustStore, type TrustState } from "./trust-store.js";

/** A place where a configuration file is looked for. */
export interface ConfigPath {
  readonly path: string;
  readonly scope: FileOrigin["scope"];
  readonly exists: boolean;
  /** Whether the user has trusted the file as it is; only for a project's file that is there. */
  readonly trust?: TrustState;
}

/**
 * Where configuration is read from, the lower file first.
 *
 * @throws {ConfigException} `unreadable` for a project's file that cannot be read.
 */
export function configPaths(options: LoadOptions = {}): Promise<readonly ConfigPath[]> {
  const surroundings = surroundingsOf(options);
  const trust = createTrustStore(surroundings);
  return Promise.all(
    configFilesFor(options.flags ?? {}, surroundings).map(async (file) => {
      const { path, scope } = file;
      const exists = await isThere(path);
      const known = exists && scope === "project" ? { trust: await trust.stateOf(path, await readConfigBytes(file)) } : {};
      return { path, scope, exists, ...known };
    }),
  );
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
