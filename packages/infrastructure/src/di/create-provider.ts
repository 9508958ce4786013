import type { ChatProvider, Secret } from "@chatport/domain";
import type { ProviderSettings } from "../config/configuration.js";
import { presetOf } from "../config/preset-of.js";
import { type RecordingDependencies, withRetry } from "../resilience/index.js";
import { judgeProvider } from "./judge-provider.js";
import { policyIn } from "./provider-policy.js";
import type { Registration } from "./registration.js";
import type { SecretLedger } from "./secret-ledger.js";
import { secretUseOf } from "./secret-use.js";
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
 * @throws {ConfigException} for an unknown type, settings that do not fit the type, or a key that cannot be found.
 */
export function createProvider(provider: ProviderSettings, surroundings: ProviderSurroundings): ChatProvider {
  const { configuration, registry, opened } = surroundings;
  const { factory, config } = judgeProvider(provider, registry, surroundings.warn);
  surroundings.ledger.addLater(() => writtenSecrets(provider.settings, ["providers", provider.name]));
  const dependencies: RecordingDependencies = {
    name: provider.name,
    provider: surroundings.provider,
    secret: (reference) => findSecret(reference, provider, surroundings),
    redact: surroundings.ledger.redact,
  };
  const bare = factory.create(config, dependencies);
  opened.use(bare);
  const { retry, model = presetOf(provider)?.model } = policyIn(config);
  if (model !== undefined) surroundings.onModel(provider.name, model);
  const retried = retry === false ? bare : withRetry(bare, retry);
  const guessed = configuration.guessesModel && provider.name === configuration.provider;
  return guessed && model !== undefined ? withListedModel(retried, model) : retried;
}

function findSecret(reference: string, provider: ProviderSettings, { configuration, ledger, warn }: ProviderSurroundings): Secret {
  const { secret, warning } = configuration.secrets.find(reference, secretUseOf(reference, provider));
  if (warning !== undefined) warn(warning);
  ledger.add(secret);
  return secret;
}
