import { type ConfigLayer, mergeLayers, originIn } from "./config-layer.js";
import type { KnownSurroundings } from "./config-locations.js";
import { type ConfigTable, isTable, table } from "./config-table.js";
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
 * Judges the files' layers, the lower one first.
 *
 * @throws {ConfigException} for the first mistake.
 */
export function settingsOfFiles(layers: readonly ConfigLayer[], surroundings: Pick<KnownSurroundings, "env">): FileSettings {
  layers.forEach(refuseMisnamedTables);
  const trusted = ownOf(layers);
  const mine = withBeneath(trusted, surroundings);
  const own = writtenIn(mine.layers);
  if (trusted.length === layers.length) return { all: own, own, beneath: mine.beneath };
  layers.forEach((layer) => refuseStrangersIn(layer, layers, surroundings));
  const { layers: all, beneath } = withBeneath(layers, surroundings);
  const untrustedChoice = untrustedChoiceIn(layers);
  return { all: writtenIn(all), own, beneath, ...(untrustedChoice !== undefined && { untrustedChoice }) };
}

/** The layers that the user stands behind. */
export function ownOf(layers: readonly ConfigLayer[]): readonly ConfigLayer[] {
  return layers.filter(({ originOf }) => !isUntrusted(originOf([])));
}

/** Refuses a layer that nobody trusts and that sets something of a provider which the user does not have. @throws {ConfigException} `untrusted`. */
export function refuseStrangersIn(layer: ConfigLayer, layers: readonly ConfigLayer[], { env }: Pick<KnownSurroundings, "env">): void {
  if (!isUntrusted(layer.originOf([]))) return;
  refuseStrangers(layer, [...Object.keys(tablesIn(ownOf(layers))), ...implicitProviders(env).map(({ name }) => name)]);
}

/** The provider that a project's file chooses which the user has not trusted. */
export function untrustedChoiceIn(layers: readonly ConfigLayer[]): FileSettings["untrustedChoice"] {
  const untrusted = layers.find(({ originOf, values }) => isUntrusted(originOf([])) && typeof values["provider"] === "string");
  return untrusted && { name: String(untrusted.values["provider"]), origin: originIn([untrusted], ["provider"]) };
}

/**
 * The layers with those that tables without a `type` build on below them: the provider that exists by its key's variable under the same name.
 * `[providers.openai]` with a model means OpenAI with this model.
 */
export function withBeneath(
  layers: readonly ConfigLayer[],
  { env }: Pick<KnownSurroundings, "env">,
): { readonly layers: readonly ConfigLayer[]; readonly beneath: FileSettings["beneath"] } {
  const tables = tablesIn(layers);
  const beneath = new Map(implicitProviders(env).flatMap((known) => (hasNoType(tables[known.name]) ? [[known.name, known] as const] : [])));
  return { layers: [...[...beneath.values()].map(({ layer }) => layer), ...layers], beneath };
}

function hasNoType(provider: unknown): boolean {
  return isTable(provider) && !Object.hasOwn(provider, "type");
}

/** The tables of the providers, as they are written. */
export function tablesIn(layers: readonly ConfigLayer[]): ConfigTable {
  const { providers } = mergeLayers(layers);
  return isTable(providers) ? providers : table();
}
