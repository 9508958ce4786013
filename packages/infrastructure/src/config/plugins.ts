import type { ProviderFactory } from "@chatport/domain";
import { ConfigException } from "./config-exception.js";
import type { KnownSurroundings } from "./config-locations.js";
import { type ConfigLayer, mergeLayers, originIn } from "./config-layer.js";
import type { Origin } from "./origin.js";
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
    const factory = factoryIn(await load(specifier, origin, surroundings));
    if (factory === undefined) throw failure(specifier, origin, "exports no provider factory: neither providerFactory nor a default");
    loaded.push({ specifier, origin, factory });
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

function factoryIn(module: unknown): ProviderFactory | undefined {
  if (typeof module !== "object" || module === null) return undefined;
  const candidates: readonly unknown[] = [Reflect.get(module, "providerFactory"), Reflect.get(module, "default")];
  return candidates.find(isFactory);
}

function isFactory(value: unknown): value is ProviderFactory {
  if (typeof value !== "object" || value === null) return false;
  const schema: unknown = Reflect.get(value, "configSchema");
  return (
    typeof Reflect.get(value, "type") === "string" &&
    typeof Reflect.get(value, "create") === "function" &&
    ((typeof schema === "object" && schema !== null) || typeof schema === "function") &&
    "~standard" in schema
  );
}
