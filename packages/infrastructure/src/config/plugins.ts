import type { ProviderFactory } from "@chatport/domain";
import { ConfigException } from "./config-exception.js";
import type { KnownSurroundings } from "./config-locations.js";
import { type ConfigLayer, mergeLayers, originIn } from "./config-layer.js";
import type { Origin } from "./origin.js";
import { factoryIn } from "./plugin-exports.js";
import { resolvePlugin } from "./resolve-plugin.js";

/** A provider type that a package or a module brings. */
export interface Plugin {
  /** As it is written: `some-package`, `./path/to/module.js`. */
  readonly specifier: string;
  readonly origin: Origin;
  readonly factory: ProviderFactory;
}

/**
 * Loads the `plugins` that count, in the order in which they are listed. Each is a package, looked for from the folder of the file that lists it and then beside
 * Chatport itself, or a path relative to that folder; it exports a {@link ProviderFactory} as `providerFactory` or as its default. Loading runs its code: only
 * files that the user trusts may list any.
 *
 * @throws {ConfigException} `plugin` for one that cannot be loaded or brings no factory.
 */
export async function loadPlugins(layers: readonly ConfigLayer[], surroundings: KnownSurroundings): Promise<readonly Plugin[]> {
  const { plugins = [] } = mergeLayers(layers);
  const listed: readonly unknown[] = Array.isArray(plugins) ? plugins : [];
  const loaded: Plugin[] = [];
  for (const [index, specifier] of listed.entries()) {
    if (typeof specifier !== "string") continue;
    const origin = originIn(layers, ["plugins", index]);
    const module = await load(specifier, origin, surroundings);
    loaded.push({ specifier, origin, factory: exported(module, (what, cause) => failure(specifier, origin, what, cause)) });
  }
  return loaded;
}

async function load(specifier: string, origin: Origin, surroundings: KnownSurroundings): Promise<unknown> {
  const folder = origin.kind === "file" ? origin.folder : surroundings.cwd;
  try {
    return await import(await resolvePlugin(specifier, folder, surroundings));
  } catch (error) {
    // What a module says when it fails may be anything: only the kind of failure goes into the sentence.
    const reason = error instanceof Error ? ("code" in error ? String(error.code) : error.name) : "unknown reason";
    throw failure(specifier, origin, `cannot be loaded (${reason})`, error);
  }
}

function failure(specifier: string, origin: Origin, what: string, cause?: unknown): ConfigException {
  return new ConfigException("plugin", `The plugin "${specifier}" ${what}.`, {
    origin,
    key: "plugins",
    ...(cause !== undefined && { cause }),
  });
}

function exported(module: unknown, refused: (what: string, cause?: unknown) => ConfigException): ProviderFactory {
  let lack: string;
  try {
    const found = factoryIn(module);
    if ("factory" in found) return found.factory;
    lack = `exports no provider factory: ${found.lack}`;
  } catch (error) {
    // A getter, or a proxy.
    throw refused("exports what cannot be looked at", error);
  }
  throw refused(lack);
}
