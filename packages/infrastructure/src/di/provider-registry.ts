import type { ProviderFactory } from "@chatport/domain";
import { ConfigException } from "../config/config-exception.js";

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
