import { ConfigException } from "./config-exception.js";
import type { Configuration } from "./configuration.js";
import { dotted, undotted } from "./dotted.js";
import { filledIn, type KnownTypes } from "./filled-in.js";
import { nearestName } from "../names/nearest-name.js";
import { otherName } from "./other-name.js";
import type { SettingProvenance } from "./provenance.js";
import { keysOf } from "./schema-keys.js";
import { shownPath, shownValue } from "./shown-value.js";

/** The settings that count, with the provider that answers first, whoever chose it. */
export function settingsOf(configuration: Configuration): readonly SettingProvenance[] {
  const { provider, origin } = configuration;
  const settings = configuration.provenance();
  const chosen = settings.find(({ key }) => key === "provider");
  const others = settings.filter((setting) => setting !== chosen);
  return [chosen ?? { key: "provider", path: ["provider"], value: shownValue(["provider"], provider), origin, overrides: [] }, ...others];
}

/**
 * Where a setting's value comes from and what it overrode; for a table, all that is in it; for a setting that nobody set, what the provider's preset, its type's
 * schema or the usual variable of its key fills in.
 *
 * @throws {ConfigException} `unknown-key` when nothing sets it, and nothing fills it in; `unknown-provider` when it is in the table of a provider that there is not.
 */
export async function explainSetting(configuration: Configuration, key: string, types: KnownTypes): Promise<readonly SettingProvenance[]> {
  const path = undotted(key);
  const settings = settingsOf(configuration);
  const keys = settings.map((setting) => setting.key);
  if (path === undefined) throw unknownSetting(key, nearestName(key, keys));
  const steps = shownPath(path);
  const found = settings.filter((setting) => steps.every((step, index) => setting.path[index] === step));
  if (found.length > 0) return found;
  const [top, name, ...rest] = path;
  if (top !== "providers" || name === undefined) throw unknownSetting(key, nearestName(key, keys));
  const provider = configuration.providers.get(name);
  if (provider === undefined) throw unknownProvider(key, [name, ...rest], configuration, types);
  const filled = await filledIn(provider, rest, types);
  if (filled !== undefined) {
    return [{ key: dotted(steps), path: steps, value: shownValue(path, filled.value), origin: filled.origin, overrides: [] }];
  }
  const known = knownSettings(provider.type, rest, types);
  if (known.includes(rest.at(-1) ?? "")) throw new ConfigException("unknown-key", `Nothing sets "${key}".`, { key });
  throw unknownSetting(key, known.length === 0 ? nearestName(key, keys) : dotted(["providers", name, ...likeliest(rest, known)]));
}

/** The names that a type allows beside a setting; none where its schema cannot tell. */
function knownSettings(type: string, path: readonly string[], { schemaOf }: KnownTypes): readonly string[] {
  const schema = schemaOf(type);
  return schema === undefined ? [] : (keysOf(schema, path.slice(0, -1)) ?? []);
}

/** A path whose last step is put right, as far as a known name is near. */
function likeliest(path: readonly string[], known: readonly string[]): readonly string[] {
  return path.map((step, index) => (index === path.length - 1 ? (nearestName(step, known) ?? otherName(step, known) ?? step) : step));
}

function unknownSetting(key: string, nearest: string | undefined): ConfigException {
  const hint = nearest === undefined || nearest === key ? {} : { nearest };
  return new ConfigException("unknown-key", `There is no setting "${key}".`, { key, ...hint });
}

/** Names of settings are the same in many tables, so that the provider's own name decides which table was meant. */
function unknownProvider(
  key: string,
  [name = "", ...rest]: readonly string[],
  { providers }: Configuration,
  types: KnownTypes,
): ConfigException {
  const provider = providers.get(nearestName(name, providers.keys()) ?? "");
  const sentence = `There is no provider "${name}".`;
  if (provider === undefined) return new ConfigException("unknown-provider", sentence, { key });
  const nearest = dotted(["providers", provider.name, ...likeliest(rest, knownSettings(provider.type, rest, types))]);
  return new ConfigException("unknown-provider", sentence, { key, nearest });
}
