import type { ChatProvider, ProviderDependencies, ProviderFactory } from "@chatport/domain";
import type { Plugin } from "../config/plugins.js";
import { pluginFailure } from "./factory-failure.js";
import { guardedFactory } from "./guarded-factory.js";

/** The factory that a plug-in brings, as registries hold it: it answers for what it does wrong with the plug-in's line, and who knows the provider's table can tell that one in its place. */
export class PluginFactory implements ProviderFactory {
  readonly plugin: Plugin;
  readonly #guarded: ProviderFactory;

  constructor(plugin: Plugin) {
    this.plugin = plugin;
    this.#guarded = guardedFactory(plugin.factory, pluginFailure(plugin));
  }

  get type(): string {
    return this.#guarded.type;
  }

  get configSchema(): ProviderFactory["configSchema"] {
    return this.#guarded.configSchema;
  }

  create(config: unknown, dependencies: ProviderDependencies): ChatProvider {
    return this.#guarded.create(config, dependencies);
  }
}
