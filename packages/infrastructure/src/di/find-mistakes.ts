import { type ConfigException, isConfigException, loadConfiguration, type LoadOptions } from "../config/index.js";
import type { Plugin } from "../config/plugins.js";
import { mistakesIn } from "../config/mistakes.js";
import { type ReadableConfiguration, readConfiguration } from "../config/readable-configuration.js";
import { type ProviderRegistry, withPlugins } from "./provider-registry.js";
import { validateProviders } from "./validate-providers.js";

/**
 * All mistakes of a configuration: those of the whole, such as a choice of a provider that there is not, and those of every table that can be judged, whoever uses it. What may
 * only be missing because a file or a plug-in cannot be read is not among them.
 */
export async function findMistakes(options: LoadOptions, registry: ProviderRegistry): Promise<readonly ConfigException[]> {
  const found = await read(options);
  const types = withAllPlugins(registry, found.configuration.plugins);
  const configuration = { ...found.configuration, plugins: [] };
  const isWhole = found.isWhole && types.mistakes.length === 0;
  const inTables = await validateProviders(configuration, types.registry, { ...found, isWhole });
  const all = [...found.mistakes, ...types.mistakes, ...inTables];
  return [...new Map(all.map((mistake) => [mistake.message, mistake])).values()];
}

async function read(options: LoadOptions): Promise<ReadableConfiguration> {
  try {
    return { configuration: await loadConfiguration(options), mistakes: [], typeless: [], isWhole: true };
  } catch (error) {
    if (!isConfigException(error)) throw error;
    const found = await readConfiguration(options);
    return { ...found, mistakes: [...mistakesIn(error), ...found.mistakes] };
  }
}

/** The types of all plug-ins that can be registered, each tried by itself. */
function withAllPlugins(
  registry: ProviderRegistry,
  plugins: readonly Plugin[],
): { readonly registry: ProviderRegistry; readonly mistakes: readonly ConfigException[] } {
  const mistakes: ConfigException[] = [];
  let all = registry;
  for (const plugin of plugins) {
    try {
      all = withPlugins(all, [plugin]);
    } catch (error) {
      if (!isConfigException(error)) throw error;
      mistakes.push(error);
    }
  }
  return { registry: all, mistakes };
}
