import type { ProviderFactory } from "@chatport/domain";
import { ConfigException } from "../config/config-exception.js";
import type { ProviderSettings } from "../config/configuration.js";
import { dotted } from "../config/dotted.js";
import { asOne, MistakeCollector } from "../config/mistakes.js";
import { keysOf } from "../config/schema-keys.js";
import { refuseUnfitReference } from "../config/secret-source.js";
import { judge } from "../config/validate.js";
import type { ProviderRegistry } from "./provider-registry.js";
import { presetForType, unknownType } from "./unknown-type.js";

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
  const factory = registry.factory(provider.type);
  if (factory === undefined) throw unknownType(provider, registry);
  const context = { originOf: provider.originOf, path: ["providers", provider.name], provider: provider.name };
  const judgement = judge(factory.configSchema, settingsFor(factory, provider, warn), context);
  const [first, ...others] = inBetterWords(judgement.mistakes ?? [], provider, registry);
  if (first !== undefined) throw asOne([first, ...others]);
  return { factory, config: judgement.value };
}

/** Whether a table has been refused because it names no model. */
export function isMissingModel({ code, key }: ConfigException, provider: ProviderSettings): boolean {
  return code === "missing-value" && key === keyOf(provider, "model");
}

function keyOf({ name }: ProviderSettings, setting: string): string {
  return dotted(["providers", name, setting]);
}

/** What a table's schema says, where somebody knows better. What stands in the place of a key comes first: it has to go whatever the schema says, and whatever else is wrong. */
function inBetterWords(
  mistakes: readonly ConfigException[],
  provider: ProviderSettings,
  registry: ProviderRegistry,
): readonly ConfigException[] {
  const refused = (setting: string): boolean => mistakes.some(({ key }) => key === keyOf(provider, setting));
  const better = [
    ...unfitKey("apiKey", provider),
    // A plug-in may mean something else by these: only what its schema refuses is judged.
    ...(refused("token") ? unfitKey("token", provider) : []),
    ...(refused("preset") ? [presetForType(provider, registry)] : []),
  ].filter((mistake) => mistake !== undefined);
  const others = mistakes.filter(({ key }) => better.every((mistake) => mistake.key !== key));
  return [...better, ...others.map((mistake) => (isMissingModel(mistake, provider) ? (withoutModel(provider) ?? mistake) : mistake))];
}

/** A provider that is there because of its key's variable has no table to write a model into. */
function withoutModel(provider: ProviderSettings): ConfigException | undefined {
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

/** A key that stands in the file itself is told as such, with what to write. */
function unfitKey(setting: "apiKey" | "token", provider: ProviderSettings): readonly ConfigException[] {
  const reference = provider.settings[setting];
  if (typeof reference !== "string") return [];
  const found = new MistakeCollector();
  found.try(() =>
    refuseUnfitReference(reference, { origin: provider.originOf([setting]), provider: provider.name, key: keyOf(provider, setting) }),
  );
  return found.mistakes;
}
