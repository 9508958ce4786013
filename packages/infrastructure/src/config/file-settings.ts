import { type ConfigLayer, isSetIn, mergeLayers, originIn } from "./config-layer.js";
import type { KnownSurroundings } from "./config-locations.js";
import { type ConfigTable, isTable } from "./config-table.js";
import { type ImplicitProvider, implicitProviders } from "./implicit-provider.js";
import type { Origin } from "./origin.js";
import { refuseMisnamedTables } from "./refuse-misnamed-tables.js";
import { isUntrusted } from "./secret-source.js";
import { refuseStrangers } from "./trust.js";
import { type WrittenSettings, writtenIn } from "./written-settings.js";

/** What the configuration files say. */
export interface FileSettings {
  readonly all: WrittenSettings;
  /** The same without a project's file that the user has not trusted. */
  readonly own: WrittenSettings;
  /** The provider that such a file chooses. */
  readonly untrustedChoice?: { readonly name: string; readonly origin: Origin };
  /** The providers that tables without a type build on, by name. Their layers lie below those of the files. */
  readonly beneath: ReadonlyMap<string, ImplicitProvider>;
}

/**
 * Judges the files' layers, the lower one first. A table without a `type` builds on the provider that exists by its key's variable under the same name:
 * `[providers.openai]` with a model means OpenAI with this model.
 *
 * @throws {ConfigException} for the first mistake.
 */
export function settingsOfFiles(layers: readonly ConfigLayer[], { env }: Pick<KnownSurroundings, "env">): FileSettings {
  layers.forEach(refuseMisnamedTables);
  const implicit = new Map(implicitProviders(env).map((provider) => [provider.name, provider]));
  const untrusted = layers.find(({ originOf }) => isUntrusted(originOf([])));
  const own = withBeneath(
    layers.filter((layer) => layer !== untrusted),
    implicit,
  );
  if (untrusted === undefined) return { ...own, own: own.all };
  refuseStrangers(untrusted, [...Object.keys(own.all.settings.providers ?? {}), ...implicit.keys()]);
  const merged = withBeneath(layers, implicit);
  const { provider: name } = merged.all.settings;
  if (name === undefined || !isSetIn([untrusted], ["provider"])) return { ...merged, own: own.all };
  return { ...merged, own: own.all, untrustedChoice: { name, origin: originIn([untrusted], ["provider"]) } };
}

function withBeneath(
  layers: readonly ConfigLayer[],
  implicit: ReadonlyMap<string, ImplicitProvider>,
): Pick<FileSettings, "all" | "beneath"> {
  const beneath = new Map([...implicit].filter(([name]) => hasNoType(tablesIn(layers)[name])));
  return { all: writtenIn([...[...beneath.values()].map(({ layer }) => layer), ...layers]), beneath };
}

function hasNoType(provider: unknown): boolean {
  return isTable(provider) && !Object.hasOwn(provider, "type");
}

function tablesIn(layers: readonly ConfigLayer[]): ConfigTable {
  const { providers } = mergeLayers(layers);
  return isTable(providers) ? providers : {};
}
