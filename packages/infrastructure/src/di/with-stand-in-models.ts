import { isConfigException } from "../config/config-exception.js";
import { table } from "../config/config-table.js";
import type { Configuration, ProviderSettings } from "../config/configuration.js";
import { providerSettings } from "../config/provider-settings.js";
import { isMissingModel, judgeProvider } from "./judge-provider.js";
import type { ProviderRegistry } from "./provider-registry.js";

/** The configuration in which each provider that lacks a model has one, which nobody is asked for: to list a server's models one need not have chosen one. */
export function withStandInModels(configuration: Configuration, registry: ProviderRegistry): Configuration {
  const providers = new Map(
    [...configuration.providers].map(([name, provider]) => [name, lacksModel(provider, registry) ? withModel(provider) : provider]),
  );
  return { ...configuration, providers };
}

function lacksModel(provider: ProviderSettings, registry: ProviderRegistry): boolean {
  try {
    judgeProvider(provider, registry, () => {});
    return false;
  } catch (error) {
    if (!isConfigException(error)) throw error;
    return isMissingModel(error, provider);
  }
}

function withModel({ name, type, settings, originOf }: ProviderSettings): ProviderSettings {
  return providerSettings({ name, type, settings: table({ ...settings, model: "unchosen" }), originOf });
}
