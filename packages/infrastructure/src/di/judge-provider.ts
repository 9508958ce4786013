import type { ProviderFactory } from "@chatport/domain";
import { ConfigException, isConfigException } from "../config/config-exception.js";
import type { ProviderSettings } from "../config/configuration.js";
import { dotted } from "../config/dotted.js";
import { nearestName } from "../names/nearest-name.js";
import { keysOf } from "../config/schema-keys.js";
import { refuseUnfitReference } from "../config/secret-source.js";
import { validate } from "../config/validate.js";
import type { ProviderRegistry } from "./provider-registry.js";

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
  refuseUnfitKey("apiKey", provider);
  const context = { originOf: provider.originOf, path: ["providers", provider.name], provider: provider.name };
  try {
    return { factory, config: validate(factory.configSchema, settingsFor(factory, provider, warn), context) };
  } catch (error) {
    if (!isConfigException(error)) throw error;
    // A plug-in's `token` may be something else than a key: only one that its schema refuses is judged as one.
    if (error.key === keyOf(provider, "token")) refuseUnfitKey("token", provider);
    throw isMissingModel(error, provider) ? (withoutModel(provider, error.others) ?? error) : error;
  }
}

/** Whether a table has been refused because it names no model. */
export function isMissingModel({ code, key }: ConfigException, provider: ProviderSettings): boolean {
  return code === "missing-value" && key === keyOf(provider, "model");
}

function keyOf({ name }: ProviderSettings, setting: string): string {
  return dotted(["providers", name, setting]);
}

/** A provider that is there because of its key's variable has no table to write a model into. */
function withoutModel(provider: ProviderSettings, others: ConfigException["others"]): ConfigException | undefined {
  const origin = provider.originOf(["type"]);
  if (origin.kind !== "environment") return undefined;
  const key = keyOf(provider, "model");
  const advice = `Name one with --model NAME or CHATPORT_MODEL; "chatport models -p ${provider.name}" lists them.`;
  const sentence = `"${key}" is missing: this variable leads to the provider "${provider.name}", which has no usual model. ${advice}`;
  return new ConfigException("missing-value", sentence, {
    origin,
    key,
    provider: provider.name,
    expected: "a model that the server lists",
    ...(others !== undefined && { others }),
  });
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

/** A key that stands in the file itself is told as such, with what to write, before the schema judges its form. */
function refuseUnfitKey(setting: "apiKey" | "token", provider: ProviderSettings): void {
  const reference = provider.settings[setting];
  if (typeof reference !== "string") return;
  refuseUnfitReference(reference, { origin: provider.originOf([setting]), provider: provider.name, key: keyOf(provider, setting) });
}
