import type { ChatProvider, ProviderFactory, Secret } from "@chatport/domain";
import { ConfigException } from "../config/config-exception.js";
import type { ProviderSettings } from "../config/configuration.js";
import { dotted } from "../config/dotted.js";
import { nearestName } from "../config/nearest-name.js";
import { keysOf } from "../config/schema-keys.js";
import { isSecretReference, literalSecret } from "../config/secret-source.js";
import { validate } from "../config/validate.js";
import { type RecordingDependencies, withRetry } from "../resilience/index.js";
import { policyIn } from "./provider-policy.js";
import type { ProviderRegistry } from "./provider-registry.js";
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
  surroundings.ledger.add(...writtenSecrets(provider.settings, ["providers", provider.name]));
  const dependencies: RecordingDependencies = {
    name: provider.name,
    provider: surroundings.provider,
    secret: (reference) => findSecret(reference, provider, surroundings),
    redact: surroundings.ledger.redact,
  };
  const bare = factory.create(config, dependencies);
  opened.use(bare);
  const { retry, model } = policyIn(config);
  if (model !== undefined) surroundings.onModel(provider.name, model);
  const retried = retry === false ? bare : withRetry(bare, retry);
  const guessed = configuration.guessesModel && provider.name === configuration.provider;
  return guessed && model !== undefined ? withListedModel(retried, model) : retried;
}

/**
 * A provider's factory, and its settings as the factory's schema gives them back.
 *
 * @throws {ConfigException} for an unknown type, or settings that do not fit the type.
 */
export function judgeProvider(
  provider: ProviderSettings,
  registry: ProviderRegistry,
  warn: (warning: string) => void,
): { readonly factory: ProviderFactory; readonly config: unknown } {
  const factory = factoryOf(provider, registry);
  refuseLiteralKey(provider);
  const config = validate(factory.configSchema, settingsFor(factory, provider, warn), {
    originOf: provider.originOf,
    path: ["providers", provider.name],
    provider: provider.name,
  });
  return { factory, config };
}

function factoryOf({ name, type, originOf }: ProviderSettings, registry: ProviderRegistry): ProviderFactory {
  const factory = registry.factory(type);
  if (factory !== undefined) return factory;
  const nearest = nearestName(type, registry.types);
  const types = registry.types.join(", ");
  throw new ConfigException("unknown-type", `There is no provider type "${type}"; there is ${types}.`, {
    origin: originOf(["type"]),
    key: dotted(["providers", name, "type"]),
    provider: name,
    expected: `one of ${types}`,
    ...(nearest === undefined ? {} : { nearest }),
  });
}

/** A model that a flag or a variable asks for is dropped, with a warning, where there is none to choose: the guide answers without one. */
function settingsFor(factory: ProviderFactory, { name, settings, originOf }: ProviderSettings, warn: (warning: string) => void): unknown {
  const origin = originOf(["model"]);
  if (settings["model"] === undefined || (origin.kind !== "flag" && origin.kind !== "environment")) return settings;
  if (keysOf(factory.configSchema)?.includes("model") !== false) return settings;
  const { model: _model, ...rest } = settings;
  warn(`The provider "${name}" has no models to choose from: ${origin.kind === "flag" ? origin.flag : origin.variable} changes nothing.`);
  return rest;
}

function refuseLiteralKey(provider: ProviderSettings): void {
  const key = provider.settings["apiKey"];
  if (typeof key !== "string" || isSecretReference(key)) return;
  throw literalSecret({
    origin: provider.originOf(["apiKey"]),
    provider: provider.name,
    key: dotted(["providers", provider.name, "apiKey"]),
  });
}

function findSecret(reference: string, provider: ProviderSettings, { configuration, ledger, warn }: ProviderSurroundings): Secret {
  const { secret, warning } = configuration.secrets.find(reference, secretUseOf(reference, provider));
  if (warning !== undefined) warn(warning);
  ledger.add(secret);
  return secret;
}
