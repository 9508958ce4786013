import type { StandardSchemaV1 } from "@chatport/domain";
import { nearestName } from "../names/nearest-name.js";
import { ConfigException } from "./config-exception.js";
import { isTable } from "./config-table.js";
import { topLevelKeys } from "./configuration-schema.js";
import type { Configuration, ProviderSettings } from "./configuration.js";
import { dotted, undotted } from "./dotted.js";
import { type FilledIn, filledIn, type KnownTypes } from "./filled-in.js";
import type { Origin } from "./origin.js";
import { otherName } from "./other-name.js";
import type { SettingProvenance } from "./provenance.js";
import { keysOf, takesAnyName } from "./schema-keys.js";
import { shownPath, shownValue } from "./shown-value.js";

/** The settings that count, with the provider that answers first, whoever chose it. */
export function settingsOf(configuration: Configuration): readonly SettingProvenance[] {
  const { provider, origin } = configuration;
  const settings = configuration.provenance();
  const chosen = settings.find(({ key }) => key === "provider") ?? chosenBy(provider, origin);
  return [...(chosen === undefined ? [] : [chosen]), ...settings.filter((setting) => setting !== chosen)];
}

/** Nobody may be chosen while somebody only looks at a configuration. */
function chosenBy(provider: string, origin: Origin): SettingProvenance | undefined {
  if (provider === "") return undefined;
  return { key: "provider", path: ["provider"], value: shownValue(["provider"], provider), origin, overrides: [] };
}

/**
 * Where a setting's value comes from and what it overrode; for a table, all that is in it; for a setting that nobody set, what the provider's preset, its type or
 * the usual variable of its key fills in.
 *
 * @throws {ConfigException} `unknown-key` when nothing sets it, and nothing fills it in; `unknown-provider` when it is in the table of a provider that there is not.
 */
export async function explainSetting(configuration: Configuration, key: string, types: KnownTypes): Promise<readonly SettingProvenance[]> {
  const path = undotted(key);
  if (path === undefined) throw unknownSetting(key);
  const steps = shownPath(path);
  const settings = settingsOf(configuration);
  const found = settings.filter((setting) => steps.every((step, index) => setting.path[index] === step));
  if (found.length > 0) return found;
  const [top = "", name, ...rest] = path;
  if (name === undefined && topLevelKeys.includes(top)) throw unset(key);
  if (top !== "providers" || name === undefined) throw unknownSetting(key, nearestName(top, topLevelKeys));
  const provider = configuration.providers.get(name);
  if (provider === undefined) throw unknownProvider(key, [name, ...rest], configuration, types);
  const filled = await filledIn(provider, rest, types);
  if (filled !== undefined) return leavesOf(path, filled);
  throw isKnown(provider, rest, types) ? unset(key) : unknownSetting(key, dotted(["providers", name, ...likeliest(provider, rest, types)]));
}

/** What is filled in, a table as its settings. */
function leavesOf(path: readonly string[], { value, origin }: FilledIn): readonly SettingProvenance[] {
  if (isTable(value)) return Object.entries(value).flatMap(([step, inner]) => leavesOf([...path, step], { value: inner, origin }));
  const steps = shownPath(path);
  return [{ key: dotted(steps), path: steps, value: shownValue(path, value), origin, overrides: [] }];
}

/** Whether a type has a setting: by its schema, as far as that can tell. A free name, such as a header's, is one unless it is a slip of a known one. */
function isKnown(provider: ProviderSettings, path: readonly string[], types: KnownTypes): boolean {
  const schema = types.schemaOf(provider.type);
  const [last = "", parent] = [path.at(-1), path.slice(0, -1)];
  if (schema === undefined) return false;
  return namesAt(schema, parent).includes(last) || (takesAnyName(schema, parent) && likeliest(provider, path, types).at(-1) === last);
}

/** The names that a schema allows in a table; none where it cannot tell. */
function namesAt(schema: StandardSchemaV1, path: readonly string[]): readonly string[] {
  return keysOf(schema, path) ?? [];
}

/** A path each of whose steps is put right, as far as a known name is near. */
function likeliest({ type }: ProviderSettings, path: readonly string[], { schemaOf }: KnownTypes): readonly string[] {
  const schema = schemaOf(type);
  if (schema === undefined) return path;
  const right: string[] = [];
  for (const step of path) {
    const known = namesAt(schema, right);
    right.push(known.includes(step) ? step : (nearestName(step, known) ?? otherName(step, known) ?? step));
  }
  return right;
}

function unset(key: string): ConfigException {
  return new ConfigException("unknown-key", `Nothing sets "${key}".`, { key });
}

function unknownSetting(key: string, nearest?: string): ConfigException {
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
  return new ConfigException("unknown-provider", sentence, {
    key,
    nearest: dotted(["providers", provider.name, ...likeliest(provider, rest, types)]),
  });
}
