import { chooseProvider, chooseUntrusted } from "./choose-provider.js";
import type { ConfigException } from "./config-exception.js";
import { readConfigFile, type ReadConfigFile } from "./config-file.js";
import { type ConfigLayer, mergeLayers, originIn } from "./config-layer.js";
import { type KnownSurroundings, surroundingsOf } from "./config-locations.js";
import { type ConfigTable, isTable, table } from "./config-table.js";
import type { Configuration, ProviderSettings } from "./configuration.js";
import { ownOf, refuseStrangersIn, tablesIn, untrustedChoiceIn, withBeneath } from "./file-settings.js";
import { keepKeyAtHome } from "./key-destination.js";
import { configFilesFor, type LoadOptions } from "./load-configuration.js";
import { usualProbes } from "./local-servers.js";
import { MistakeCollector } from "./mistakes.js";
import { loadPlugins, type Plugin } from "./plugins.js";
import { provenanceOf } from "./provenance.js";
import { providerSettings } from "./provider-settings.js";
import { refuseMisnamedTables } from "./refuse-misnamed-tables.js";
import { createSecretSource } from "./secret-source.js";
import { readSelection } from "./selection.js";
import { createTrustStore } from "./trust-store.js";
import { type WrittenSettings, writtenIn } from "./written-settings.js";

/** What can be read of a configuration that cannot be used as a whole. */
export interface ReadableConfiguration {
  /** Nobody is chosen in it (`provider` is empty), and nothing is there that was not written. */
  readonly configuration: Configuration;
  /** What keeps the whole from being used, the tables' own mistakes apart. */
  readonly mistakes: readonly ConfigException[];
  /** Tables that are there and say no type. */
  readonly typeless: readonly string[];
  /** Whether every file, table and plug-in could be read: otherwise what seems to be missing may be in one of them. */
  readonly isWhole: boolean;
}

/** Reads a configuration past its mistakes, for whoever looks at it: each file, table and plug-in by itself. */
export async function readConfiguration(options: LoadOptions): Promise<ReadableConfiguration> {
  const surroundings = surroundingsOf(options);
  const flags = options.flags ?? {};
  const unread = new MistakeCollector();
  const files = await readFiles(options, surroundings, unread);
  const wrong = new MistakeCollector();
  const misnamed = files.flatMap(({ layer }) => misnamedIn(layer, wrong));
  const named = files.map(({ layer }) => without(misnamed, layer));
  // A file that is refused counts as one that cannot be read.
  const inFiles = named.filter((layer) => unread.try(() => (refuseStrangersIn(layer, named, surroundings), true)));
  const written = withBeneath(inFiles, surroundings).layers;
  const tables = tablesIn(written);
  const selection = readSelection(flags, surroundings, Object.keys(tables));
  const layers = [...written, ...selection.provider];
  const plugins = await pluginsIn(inFiles, surroundings, unread);
  wrong.try(() => writtenIn(layers));
  const providers = settingsIn(tables, layers, wrong);
  const typeless = [...Object.keys(tables).filter((name) => !providers.has(name)), ...misnamed.flatMap(({ names }) => names)];
  const isWhole = unread.mistakes.length === 0 && wrong.mistakes.every(({ key }) => key !== "plugins");
  const sources = { env: surroundings.env, probes: options.localProbes ?? usualProbes };
  const untrustedChoice = selection.provider.length === 0 ? untrustedChoiceIn(inFiles) : undefined;
  if (isWhole && untrustedChoice === undefined)
    await wrong.wait(chooseProvider(choiceIn(layers, [...providers.keys(), ...typeless]), sources));
  if (isWhole && untrustedChoice !== undefined) {
    const own = withBeneath(ownOf(inFiles), surroundings).layers;
    await wrong.wait(chooseUntrusted(untrustedChoice, choiceIn(own, Object.keys(tablesIn(own))), sources));
  }
  const configuration: Configuration = {
    provider: "",
    origin: originIn(layers, ["provider"]),
    providers,
    guessesModel: false,
    plugins,
    secrets: createSecretSource(surroundings),
    files: files.map(({ shown }) => shown),
    warnings: files.flatMap(({ warnings }) => warnings),
    provenance: () => provenanceOf(layers),
  };
  return { configuration, mistakes: [...unread.mistakes, ...wrong.mistakes.filter(isWhole ? () => true : isNoGap)], typeless, isWhole };
}

async function readFiles(
  { flags = {} }: LoadOptions,
  surroundings: KnownSurroundings,
  unread: MistakeCollector,
): Promise<readonly (ReadConfigFile & { readonly shown: string })[]> {
  const trust = createTrustStore(surroundings);
  const read = await Promise.all(
    configFilesFor(flags, surroundings).map(async (file) => ({
      shown: file.shown,
      content: await unread.wait(readConfigFile(file, trust)),
    })),
  );
  return read.flatMap(({ shown, content }) => (content === undefined ? [] : [{ shown, ...content }]));
}

/** What stands at the top of a file in the place of tables of providers: its key, and whose tables they would be. */
interface Misnamed {
  readonly layer: ConfigLayer;
  readonly key: string;
  readonly names: readonly string[];
}

function misnamedIn(layer: ConfigLayer, wrong: MistakeCollector): readonly Misnamed[] {
  return Object.entries(layer.values).flatMap(([key, value]) => {
    const before = wrong.mistakes.length;
    wrong.try(() => refuseMisnamedTables({ ...layer, values: table({ [key]: value }) }));
    if (wrong.mistakes.length === before) return [];
    return [{ layer, key, names: key === "provider" && isTable(value) ? Object.keys(value) : [key] }];
  });
}

function without(misnamed: readonly Misnamed[], layer: ConfigLayer): ConfigLayer {
  const keys = new Set(misnamed.flatMap((found) => (found.layer === layer ? [found.key] : [])));
  const values = Object.entries(layer.values).filter(([key]) => !keys.has(key));
  return { ...layer, values: table(Object.fromEntries(values)) };
}

async function pluginsIn(
  layers: readonly ConfigLayer[],
  surroundings: KnownSurroundings,
  unread: MistakeCollector,
): Promise<readonly Plugin[]> {
  const { plugins } = mergeLayers(layers);
  const listed: readonly unknown[] = Array.isArray(plugins) ? plugins : [];
  const loaded: Plugin[] = [];
  for (const [index, specifier] of listed.entries()) {
    if (listed.indexOf(specifier) !== index) continue;
    const alone = { values: table({ plugins: [specifier] }), originOf: () => originIn(layers, ["plugins", index]) };
    loaded.push(...((await unread.wait(loadPlugins([alone], surroundings))) ?? []));
  }
  return loaded;
}

function settingsIn(tables: ConfigTable, layers: readonly ConfigLayer[], wrong: MistakeCollector): ReadonlyMap<string, ProviderSettings> {
  const all = Object.entries(tables).flatMap(([name, settings]): readonly [string, ProviderSettings][] => {
    if (!isTable(settings) || typeof settings["type"] !== "string") return [];
    wrong.try(() => keepKeyAtHome(name, layers));
    const originOf: ProviderSettings["originOf"] = (path) => originIn(layers, ["providers", name, ...path]);
    return [[name, providerSettings({ name, type: settings["type"], settings, originOf })]];
  });
  return new Map(all);
}

/** As much of the settings as a choice hangs on. */
function choiceIn(layers: readonly ConfigLayer[], configured: readonly string[]): WrittenSettings {
  const { provider } = mergeLayers(layers);
  const providers = Object.fromEntries(configured.map((name) => [name, { type: "" }]));
  return { settings: { ...(typeof provider === "string" && { provider }), providers }, layers };
}

/** Whether a mistake stays one when more is known: what is missing may stand where nobody could read. */
export function isNoGap({ code }: ConfigException): boolean {
  return code !== "missing-value" && code !== "unknown-provider";
}
