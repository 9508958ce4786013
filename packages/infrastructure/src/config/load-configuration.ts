import { chooseProvider, chooseUntrusted, namesIn } from "./choose-provider.js";
import { type ConfigFile, type ReadConfigFile, readConfigFile } from "./config-file.js";
import { isSetIn, layerFrom, originIn } from "./config-layer.js";
import {
  chosenConfigFile,
  type KnownSurroundings,
  setting,
  type Surroundings,
  surroundingsOf,
  usualConfigFiles,
} from "./config-locations.js";
import type { Configuration, ProviderSettings } from "./configuration.js";
import { table } from "./config-table.js";
import { settingsOfFiles } from "./file-settings.js";
import { keepKeyAtHome } from "./key-destination.js";
import { type LocalProbe, usualProbes } from "./local-servers.js";
import { loadPlugins } from "./plugins.js";
import { provenanceOf } from "./provenance.js";
import { providerSettings } from "./provider-settings.js";
import { createSecretSource } from "./secret-source.js";
import { readSelection } from "./selection.js";
import { createTrustStore } from "./trust-store.js";
import { type WrittenSettings, writtenIn } from "./written-settings.js";

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
 * 2. the project's file: `./chatport.toml`, in the working folder only; one that the user has not trusted only chooses among what the user has
 * 3. `CHATPORT_PROVIDER`, `CHATPORT_MODEL`; `CHATPORT_CONFIG` names a file that takes the place of both files
 * 4. the flags
 *
 * When none of them chooses a provider: the only one that is configured; else the first whose key's variable is set (`OPENAI_API_KEY` or
 * `OPENAI_BASE_URL`, `ANTHROPIC_API_KEY`, `GEMINI_API_KEY`, those of the presets); else a model server that is found on this
 * machine, unless `CHATPORT_PROBE` is `off`; else the guide. Each of these can also be chosen by its name, a server only where one would be looked for.
 *
 * @throws {ConfigException} naming file, line, setting, and the nearest valid name.
 */
export async function loadConfiguration(options: LoadOptions = {}): Promise<Configuration> {
  const surroundings = surroundingsOf(options);
  const flags = options.flags ?? {};
  const sources = { env: surroundings.env, probes: options.localProbes ?? usualProbes };
  const files = await readFiles(flags, surroundings);
  const inFiles = files.map(({ layer }) => layer);
  const { all, own, untrustedChoice, beneath } = settingsOfFiles(inFiles, surroundings);
  const selection = readSelection(flags, surroundings, namesIn(own, sources));
  const choice =
    untrustedChoice !== undefined && selection.provider.length === 0
      ? await chooseUntrusted(untrustedChoice, own, sources)
      : await chooseProvider(writtenIn([...own.layers, ...selection.provider]), sources);
  const models = selection.models.map(({ name, origin }) =>
    layerFrom(origin, table({ providers: table({ [choice.name]: table({ model: name }) }) })),
  );
  const implicit = beneath.get(choice.name) ?? choice.implicit;
  const below = implicit === undefined || beneath.has(choice.name) ? [] : [implicit.layer];
  const layers = [...below, ...all.layers, ...selection.provider, ...models];
  const namesModel = isSetIn([...inFiles, ...models], ["providers", choice.name, "model"]);
  return {
    provider: choice.name,
    origin: choice.origin,
    providers: settingsIn(layers.length === all.layers.length ? all : writtenIn(layers)),
    guessesModel: implicit?.guessesModel === true && !namesModel,
    plugins: await loadPlugins(inFiles, surroundings),
    secrets: createSecretSource(surroundings),
    files: files.map(({ file }) => file.shown),
    warnings: files.flatMap(({ warnings }) => warnings),
    provenance: () => provenanceOf(layers),
  };
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

function settingsIn({ settings: { providers = {} }, layers }: WrittenSettings): ReadonlyMap<string, ProviderSettings> {
  const all = Object.entries(providers).map(([name, settings]): [string, ProviderSettings] => {
    const originOf: ProviderSettings["originOf"] = (path) => originIn(layers, ["providers", name, ...path]);
    keepKeyAtHome(name, layers);
    return [name, providerSettings({ name, type: settings.type, settings, originOf })];
  });
  return new Map(all);
}
