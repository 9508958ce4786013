import { type ChatException, isChatException, Secret } from "@chatport/domain";
import { ConfigException, isConfigException } from "../config/config-exception.js";
import { table } from "../config/config-table.js";
import type { Configuration, ProviderSettings } from "../config/configuration.js";
import { dotted } from "../config/dotted.js";
import { withoutKeys } from "../config/key-shape.js";
import { mistakesIn } from "../config/mistakes.js";
import { providerSettings } from "../config/provider-settings.js";
import { isNoGap } from "../config/readable-configuration.js";
import { refuseUnfitReference, type SecretSource } from "../config/secret-source.js";
import { guideProviderFactory } from "../providers/guide/index.js";
import { compose } from "./compose.js";
import { createRegistry, type ProviderRegistry } from "./provider-registry.js";

/** What is known of the whole that the tables are part of. */
export interface Known {
  /** Names of further tables, which cannot be judged. */
  readonly typeless: readonly string[];
  /** Whether all tables and types are known: otherwise nothing is said of what seems to be missing. */
  readonly isWhole: boolean;
}

/**
 * The mistakes in the tables of all providers: those that nobody uses, too. Keys are not looked up, so that a file can be judged where the keys
 * are not.
 */
export async function validateProviders(
  configuration: Configuration,
  registry: ProviderRegistry,
  { typeless, isWhole }: Known = { typeless: [], isWhole: true },
): Promise<readonly ConfigException[]> {
  const isUnknown = ({ type }: ProviderSettings): boolean => !isWhole && registry.factory(type) === undefined;
  const unjudged = [...typeless, ...[...configuration.providers.values()].filter(isUnknown).map(({ name }) => name)];
  const providers = new Map([...configuration.providers, ...unjudged.map((name) => [name, standInFor(name)] as const)]);
  const types = withStandIn(registry);
  const mistakes = new Map<string, ConfigException>();
  const broken = new Set<string>();
  // A provider that contains a broken one has the same mistakes, and perhaps others behind them: they show once something stands in for the broken one.
  let known: number;
  do {
    known = broken.size;
    for (const name of providers.keys()) {
      const found = await mistakesOf(name, { ...configuration, providers }, types);
      for (const mistake of found) mistakes.set(mistake.message, mistake);
      if (found.some(({ provider }) => provider === withoutKeys(name))) broken.add(name);
    }
    for (const name of broken) providers.set(name, standInFor(name));
  } while (broken.size > known);
  return [...mistakes.values()].filter((mistake) => isWhole || isNoGap(mistake));
}

/**
 * What keeps one provider from being made: what is wrong with its table, or with that of a provider that it contains. What a factory threw that had been given the stand-in for
 * a key is no mistake: it may have judged that.
 */
export async function mistakesOf(
  provider: string,
  configuration: Configuration,
  registry: ProviderRegistry,
): Promise<readonly ConfigException[]> {
  let hasKey = false;
  const secrets: SecretSource = {
    find(reference, use) {
      const found = standIn.find(reference, use);
      hasKey = true;
      return found;
    },
  };
  try {
    const composition = compose({ ...configuration, provider, secrets }, { registry });
    // How closing ends says nothing about the settings.
    await composition.dispose().catch(() => undefined);
    return [];
  } catch (error) {
    if (isConfigException(error)) return hasKey && error.code === "plugin" && error.cause !== undefined ? [] : mistakesIn(error);
    if (isChatException(error) && hasKey) return [];
    if (isChatException(error))
      return [refusedBy(error, configuration.providers.get(error.provider) ?? configuration.providers.get(provider))];
    throw error;
  }
}

/** A factory may have judged a setting that its schema let through. */
function refusedBy(error: ChatException, settings: ProviderSettings | undefined): ConfigException {
  const name = settings?.name ?? error.provider;
  const details = { key: dotted(["providers", name]), provider: name, cause: error, ...(settings && { origin: settings.originOf([]) }) };
  return new ConfigException("plugin", `The provider "${name}" cannot be made: ${error.message}`, details);
}

const standIn: SecretSource = {
  find(reference, use) {
    refuseUnfitReference(reference, use);
    return { secret: new Secret("stands-in-for-a-key") };
  },
};

/** A table that cannot be judged is there all the same, for those that name it. */
function standInFor(name: string): ProviderSettings {
  const { type } = guideProviderFactory;
  return providerSettings({ name, type, settings: table({ type }), originOf: () => ({ kind: "default" }) });
}

function withStandIn(registry: ProviderRegistry): ProviderRegistry {
  if (registry.factory(guideProviderFactory.type) !== undefined) return registry;
  return createRegistry([...registry.types.flatMap((type) => registry.factory(type) ?? []), guideProviderFactory]);
}
