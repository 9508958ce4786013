import type { ProviderFactory } from "@chatport/domain";
import { ConfigException } from "../config/config-exception.js";
import type { Plugin } from "../config/plugins.js";
import { PluginFactory } from "./plugin-factory.js";

/** The provider types that a configuration may name. */
export interface ProviderRegistry {
  /** In the order in which they were registered. */
  readonly types: readonly string[];
  /** The factory of a type; undefined when there is none. */
  factory(type: string): ProviderFactory | undefined;
}

/**
 * A registry of these factories. Built-in ones and those of npm packages enter by this same door.
 *
 * @throws {ConfigException} `duplicate-type` when two factories make the same type: which one wins must not hang on their order.
 */
export function createRegistry(factories: readonly ProviderFactory[]): ProviderRegistry {
  const byType = new Map<string, ProviderFactory>();
  for (const factory of factories) {
    if (byType.has(factory.type)) throw new ConfigException("duplicate-type", `Two provider factories have the type "${factory.type}".`);
    byType.set(factory.type, factory);
  }
  return { types: [...byType.keys()], factory: (type) => byType.get(type) };
}

/**
 * The registry with the types that plugins bring. What such a factory does wrong, it tells as a {@link ConfigException} `plugin`.
 *
 * @throws {ConfigException} `duplicate-type` for a type that there is already.
 */
export function withPlugins(registry: ProviderRegistry, plugins: readonly Plugin[]): ProviderRegistry {
  const factories = registry.types.flatMap((type) => registry.factory(type) ?? []);
  for (const plugin of plugins) {
    const { specifier, origin, factory } = plugin;
    if (factories.some(({ type }) => type === factory.type)) {
      const sentence = `The plugin "${specifier}" brings the provider type "${factory.type}", which there is already.`;
      throw new ConfigException("duplicate-type", sentence, { origin, key: "plugins" });
    }
    factories.push(new PluginFactory(plugin));
  }
  return createRegistry(factories);
}
