import type { StandardSchemaV1 } from "@chatport/domain";
import { ConfigException } from "./config-exception.js";
import type { Configuration } from "./configuration.js";
import { dotted, undotted } from "./dotted.js";
import { nearestName } from "./nearest-name.js";
import type { SettingProvenance } from "./provenance.js";
import { defaultIn, keysOf } from "./schema-keys.js";
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
 * Where a setting's value comes from and what it overrode; for a table, all that is in it; for a setting that nobody set, what its schema fills in.
 *
 * @param schemaOf the schema of a provider type; undefined for a type that there is not.
 * @throws {ConfigException} `unknown-key` when nothing sets it, and nothing fills it in.
 */
export function explainSetting(
  configuration: Configuration,
  key: string,
  schemaOf: (type: string) => StandardSchemaV1 | undefined,
): readonly SettingProvenance[] {
  const path = undotted(key);
  const shown = path && shownPath(path);
  const settings = settingsOf(configuration);
  const found = settings.filter((setting) => shown?.every((step, index) => setting.path[index] === step));
  if (path !== undefined && found.length > 0) return found;
  const [top, name = "", ...rest] = path ?? [];
  const provider = top === "providers" ? configuration.providers.get(name) : undefined;
  const schema = provider === undefined ? undefined : schemaOf(provider.type);
  const filledIn = schema === undefined ? undefined : defaultIn(schema, rest);
  if (path !== undefined && filledIn !== undefined) {
    const steps = shownPath(path);
    return [{ key: dotted(steps), path: steps, value: shownValue(path, filledIn), origin: { kind: "default" }, overrides: [] }];
  }
  const known = schema === undefined ? [] : (keysOf(schema, rest.slice(0, -1)) ?? []);
  const isKnown = known.includes(rest.at(-1) ?? "");
  const names = [
    ...settings.map((setting) => setting.key),
    ...known.map((last) => dotted(["providers", name, ...rest.slice(0, -1), last])),
  ];
  const nearest = isKnown ? undefined : nearestName(key, names);
  const sentence = isKnown ? `Nothing sets "${key}".` : `There is no setting "${key}".`;
  throw new ConfigException("unknown-key", sentence, { key, ...(nearest === undefined ? {} : { nearest }) });
}
