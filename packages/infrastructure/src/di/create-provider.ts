import type { ChatProvider, Secret } from "@chatport/domain";
import { ConfigException } from "../config/config-exception.js";
import type { ProviderSettings } from "../config/configuration.js";
import { dotted } from "../config/dotted.js";
import type { Plugin } from "../config/plugins.js";
import { presetOf } from "../config/preset-of.js";
import { type RecordingDependencies, type RetryOptions, withRetry } from "../resilience/index.js";
import { providerFailure } from "./factory-failure.js";
import { guardedFactory } from "./guarded-factory.js";
import { judgeProvider } from "./judge-provider.js";
import { PluginFactory } from "./plugin-factory.js";
import { policyIn } from "./provider-policy.js";
import type { ProviderRegistry } from "./provider-registry.js";
import type { Registration } from "./registration.js";
import type { SecretLedger } from "./secret-ledger.js";
import { secretUseOf } from "./secret-use.js";
import { withCheckedAnswers } from "./with-checked-answers.js";
import { withListedModel } from "./with-listed-model.js";
import { writtenSecrets } from "./written-secrets.js";

/** What making a provider needs, and what it reports to. */
export interface ProviderSurroundings extends Registration {
  /** Another configured provider. */
  readonly provider: (name: string) => ChatProvider;
  /** Told of every secret that the composition's providers are made with. */
  readonly ledger: SecretLedger;
}

/**
 * Makes one configured provider, retries included.
 *
 * @throws {ConfigException} for an unknown type, settings that do not fit the type, or a key that cannot be found; `plugin`, at the provider's table, for what its factory does wrong.
 */
export function createProvider(provider: ProviderSettings, surroundings: ProviderSurroundings): ChatProvider {
  const { configuration, opened, ledger } = surroundings;
  ledger.addLater(() => writtenSecrets(provider.settings, ["providers", provider.name]));
  const plugin = pluginOf(provider, surroundings.registry);
  const { factory, config } = judgeProvider(provider, guarded(provider, plugin, surroundings), surroundings.warn);
  const dependencies: RecordingDependencies = {
    name: provider.name,
    provider: surroundings.provider,
    secret: (reference) => findSecret(reference, provider, surroundings),
    redact: ledger.redact,
  };
  const made = factory.create(config, dependencies);
  opened.use(made);
  const bare = plugin === undefined ? made : withCheckedAnswers(made, plugin.specifier, ledger.redact);
  const { retry, model = presetOf(provider)?.model } = policyIn(config);
  if (model !== undefined) surroundings.onModel(provider.name, model);
  const retried = retry === false ? bare : retriedAsTold(bare, retry, provider);
  const guessed = configuration.guessesModel && provider.name === configuration.provider;
  return guessed && model !== undefined ? withListedModel(retried, model) : retried;
}

/** The registry, in which the provider's own factory answers for what it does wrong with the place of the provider's table. */
function guarded(provider: ProviderSettings, plugin: Plugin | undefined, { registry, ledger }: ProviderSurroundings): ProviderRegistry {
  const factory = plugin?.factory ?? registry.factory(provider.type);
  const own = factory && guardedFactory(factory, providerFailure(provider, plugin, ledger.redact));
  return { types: registry.types, factory: (type) => (type === provider.type ? own : registry.factory(type)) };
}

function pluginOf({ type }: ProviderSettings, registry: ProviderRegistry): Plugin | undefined {
  const factory = registry.factory(type);
  return factory instanceof PluginFactory ? factory.plugin : undefined;
}

/** The schemas of our own types judge `retry`; that of a plug-in may let everything through. */
function retriedAsTold(bare: ChatProvider, retry: RetryOptions, { name, originOf }: ProviderSettings): ChatProvider {
  try {
    return withRetry(bare, retry);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const key = dotted(["providers", name, "retry"]);
    throw new ConfigException("invalid-value", `"${key}" has a value that does not fit. ${error.message}`, {
      origin: originOf(["retry"]),
      key,
      provider: name,
    });
  }
}

function findSecret(reference: string, provider: ProviderSettings, { configuration, ledger, warn }: ProviderSurroundings): Secret {
  const { secret, warning } = configuration.secrets.find(reference, secretUseOf(reference, provider));
  if (warning !== undefined) warn(warning);
  ledger.add(secret);
  return secret;
}
