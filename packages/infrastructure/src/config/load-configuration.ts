import type * as z from "zod/mini";
import { type ConfigFile, type ReadConfigFile, readConfigFile } from "./config-file.js";
import { type ConfigLayer, layerFrom, mergeLayers, originIn } from "./config-layer.js";
import {
  chosenConfigFile,
  type KnownSurroundings,
  setting,
  type Surroundings,
  surroundingsOf,
  usualConfigFiles,
} from "./config-locations.js";
import { configurationSchema } from "./configuration-schema.js";
import type { Configuration, ProviderSettings } from "./configuration.js";
import { table } from "./config-table.js";
import { foundProvider, implicitNames, type ImplicitProvider, implicitProviders } from "./implicit-provider.js";
import { keepKeyAtHome } from "./key-destination.js";
import { findLocalServer, type LocalProbe, usualProbes } from "./local-servers.js";
import type { Origin } from "./origin.js";
import { loadPlugins } from "./plugins.js";
import { provenanceOf } from "./provenance.js";
import { providerSettings } from "./provider-settings.js";
import { refuseMisnamedTables } from "./refuse-misnamed-tables.js";
import { createSecretSource } from "./secret-source.js";
import { readSelection } from "./selection.js";
import { createTrustStore } from "./trust-store.js";
import { validate } from "./validate.js";
import { noChoice, unknownProvider } from "./wrong-choice.js";

export interface LoadOptions extends Surroundings {
  /** What the command line says; it stands above everything else. */
  readonly flags?: ConfigFlags;
  /** The model servers to look for on this machine when nothing is configured. Default: Ollama, LM Studio and llama.cpp on their usual ports. */
  readonly localProbes?: readonly LocalProbe[];
}

export interface ConfigFlags {
  /** `--provider NAME` */
  readonly provider?: string | undefined;
  /** `--model NAME`, for the provider that is chosen. */
  readonly model?: string | undefined;
  /** `--config FILE`, in place of the usual files. */
  readonly config?: string | undefined;
}

/**
 * Reads the configuration. Each source stands above the ones before it; tables merge, all else is replaced:
 *
 * 1. the user's file: `$XDG_CONFIG_HOME/chatport/config.toml` (`~/.config` by default), on Windows `%APPDATA%\chatport\config.toml`
 * 2. the project's file: `./chatport.toml`, in the working folder only; one that the user has not trusted only chooses among what the user has configured
 * 3. `CHATPORT_PROVIDER`, `CHATPORT_MODEL`; `CHATPORT_CONFIG` names a file that takes the place of both files
 * 4. the flags
 *
 * When none of them chooses a provider: the only one that is configured; else the first whose key's variable is set (`OPENAI_API_KEY` or
 * `OPENAI_BASE_URL`, `ANTHROPIC_API_KEY`, `GEMINI_API_KEY`, those of the presets); else a model server that is found on this
 * machine, unless `CHATPORT_PROBE` is `off`; else the guide.
 *
 * @throws {ConfigException} naming file, line, setting, and the nearest valid name.
 */
export async function loadConfiguration(options: LoadOptions = {}): Promise<Configuration> {
  const surroundings = surroundingsOf(options);
  const flags = options.flags ?? {};
  const files = await readFiles(flags, surroundings);
  const inFiles = files.map(({ layer }) => layer);
  inFiles.forEach(refuseMisnamedTables);
  const ofFiles = validated(inFiles);
  const selection = readSelection(flags, surroundings, namesIn(ofFiles, surroundings));
  const written = [...inFiles, ...selection.provider];
  const ofWritten = selection.provider.length === 0 ? ofFiles : validated(written);
  const chosen = choose(ofWritten, written, surroundings);
  const server = looksForServers(chosen, surroundings) ? await findLocalServer(options.localProbes ?? usualProbes) : undefined;
  const choice = server === undefined ? chosen : choiceOf(foundProvider(server));
  const models = selection.models.map(({ name, origin }) =>
    layerFrom(origin, table({ providers: table({ [choice.name]: table({ model: name }) }) })),
  );
  const implicit = choice.implicit === undefined ? [] : [choice.implicit.layer];
  const layers = [...implicit, ...written, ...models];
  return {
    provider: choice.name,
    origin: choice.origin,
    providers: settingsIn(layers.length === written.length ? ofWritten : validated(layers), layers),
    guessesModel: choice.implicit?.guessesModel === true && models.length === 0,
    plugins: await loadPlugins(written, surroundings),
    secrets: createSecretSource(surroundings),
    files: files.map(({ file }) => file.shown),
    warnings: files.flatMap(({ warnings }) => warnings),
    provenance: () => provenanceOf(layers),
  };
}

interface Choice {
  readonly name: string;
  readonly origin: Origin;
  /** Set when the provider exists without configuration. */
  readonly implicit?: ImplicitProvider;
}

/** The files that are looked for, the lower one first. */
export function configFilesFor(flags: ConfigFlags, surroundings: KnownSurroundings): readonly ConfigFile[] {
  const chosen = flags.config ?? setting(surroundings.env, "CHATPORT_CONFIG");
  return chosen === undefined ? usualConfigFiles(surroundings) : [chosenConfigFile(chosen, surroundings)];
}

async function readFiles(
  flags: ConfigFlags,
  surroundings: KnownSurroundings,
): Promise<readonly (ReadConfigFile & { readonly file: ConfigFile })[]> {
  const trust = createTrustStore(surroundings);
  const read = await Promise.all(
    configFilesFor(flags, surroundings).map(async (file) => ({ file, content: await readConfigFile(file, trust) })),
  );
  return read.flatMap(({ file, content }) => (content === undefined ? [] : [{ file, ...content }]));
}

/** The providers that a model may be qualified with: the configured ones; without any, those that exist by themselves. */
function namesIn({ providers = {} }: Settings, { env }: KnownSurroundings): readonly string[] {
  const configured = Object.keys(providers);
  return configured.length > 0 ? configured : implicitNames(env);
}

function choose({ provider: wanted, providers = {} }: Settings, layers: readonly ConfigLayer[], { env }: KnownSurroundings): Choice {
  const configured = Object.keys(providers);
  const implicit = implicitProviders(env);
  if (wanted !== undefined) {
    const origin = originIn(layers, ["provider"]);
    if (configured.includes(wanted)) return { name: wanted, origin };
    const known = implicit.find(({ name }) => name === wanted);
    if (known !== undefined) return { name: wanted, origin, implicit: known };
    throw unknownProvider(wanted, [...configured, ...implicit.map(({ name }) => name)], origin);
  }
  const [only, ...others] = configured;
  if (only !== undefined && others.length > 0) throw noChoice(configured, originIn(layers, ["providers"]));
  if (only !== undefined) return { name: only, origin: originIn(layers, ["providers", only]) };
  return choiceOf(implicit[0]);
}

function choiceOf(implicit: ImplicitProvider): Choice {
  return { name: implicit.name, origin: implicit.origin, implicit };
}

/** Servers are looked for when nobody has chosen or configured anything, and no key is set. */
function looksForServers({ origin }: Choice, { env }: KnownSurroundings): boolean {
  return origin.kind === "default" && setting(env, "CHATPORT_PROBE") !== "off";
}

function settingsIn({ providers = {} }: Settings, layers: readonly ConfigLayer[]): ReadonlyMap<string, ProviderSettings> {
  const all = Object.entries(providers).map(([name, settings]): [string, ProviderSettings] => {
    const originOf: ProviderSettings["originOf"] = (path) => originIn(layers, ["providers", name, ...path]);
    keepKeyAtHome(name, layers);
    return [name, providerSettings({ name, type: settings.type, settings, originOf })];
  });
  return new Map(all);
}

type Settings = z.infer<typeof configurationSchema>;

function validated(layers: readonly ConfigLayer[]): Settings {
  return validate(configurationSchema, mergeLayers(layers), { originOf: (path) => originIn(layers, path) });
}
