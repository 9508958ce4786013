import { ConfigException } from "./config-exception.js";
import { type ConfigFile, readConfigFile } from "./config-file.js";
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
import { type ImplicitProvider, implicitProviders } from "./implicit-provider.js";
import { nearestName } from "./nearest-name.js";
import type { Origin } from "./origin.js";
import { refuseMisnamedTables } from "./refuse-misnamed-tables.js";
import { createSecretSource } from "./secret-source.js";
import { keepKeyAtHome } from "./trust.js";
import { validate } from "./validate.js";

export interface LoadOptions extends Surroundings {
  /** What the command line says; it stands above everything else. */
  readonly flags?: ConfigFlags;
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
 * 2. the project's file: `./chatport.toml`, in the working folder only
 * 3. `CHATPORT_PROVIDER`, `CHATPORT_MODEL`; `CHATPORT_CONFIG` names a file that takes the place of both files
 * 4. the flags
 *
 * When none of them chooses a provider: the only one that is configured; else, with `OPENAI_API_KEY` or `OPENAI_BASE_URL`, that server; else the guide.
 *
 * @throws {ConfigException} naming file, line, setting, and the nearest valid name.
 */
export async function loadConfiguration(options: LoadOptions = {}): Promise<Configuration> {
  const surroundings = surroundingsOf(options);
  const flags = options.flags ?? {};
  const files = await readFiles(flags, surroundings);
  const written = [
    ...files.map(({ layer }) => layer),
    ...valueLayers("PROVIDER", flags.provider, surroundings, (provider) => ({ provider })),
  ];
  written.forEach(refuseMisnamedTables);
  const choice = choose(written, surroundings);
  const model = valueLayers("MODEL", flags.model, surroundings, (name) => ({
    providers: table({ [choice.name]: table({ model: name }) }),
  }));
  const implicit = choice.implicit === undefined ? [] : [choice.implicit.layer];
  return {
    provider: choice.name,
    origin: choice.origin,
    providers: settingsIn([...implicit, ...written, ...model]),
    guessesModel: choice.implicit?.guessesModel === true && model.length === 0,
    secrets: createSecretSource(surroundings),
    files: files.map(({ file }) => file.shown),
  };
}

interface Choice {
  readonly name: string;
  readonly origin: Origin;
  /** Set when the provider exists without configuration. */
  readonly implicit?: ImplicitProvider;
}

async function readFiles(
  flags: ConfigFlags,
  surroundings: KnownSurroundings,
): Promise<readonly { readonly file: ConfigFile; readonly layer: ConfigLayer }[]> {
  const chosen = flags.config ?? setting(surroundings.env, "CHATPORT_CONFIG");
  const files = chosen === undefined ? usualConfigFiles(surroundings) : [chosenConfigFile(chosen, surroundings)];
  const read = await Promise.all(files.map(async (file) => ({ file, layer: await readConfigFile(file) })));
  return read.flatMap(({ file, layer }) => (layer === undefined ? [] : [{ file, layer }]));
}

/** A value that the environment may set, and a flag above it. */
function valueLayers(
  name: "PROVIDER" | "MODEL",
  flag: string | undefined,
  { env }: KnownSurroundings,
  place: (value: string) => Readonly<Record<string, unknown>>,
): readonly ConfigLayer[] {
  const variable = `CHATPORT_${name}`;
  const set = setting(env, variable);
  return [
    ...(set === undefined ? [] : [layerFrom({ kind: "environment", variable }, table(place(set)))]),
    ...(flag === undefined ? [] : [layerFrom({ kind: "flag", flag: `--${name.toLowerCase()}` }, table(place(flag)))]),
  ];
}

function choose(layers: readonly ConfigLayer[], { env }: KnownSurroundings): Choice {
  const { provider: wanted, providers = {} } = validated(layers);
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
  const [first] = implicit;
  return { name: first.name, origin: first.origin, implicit: first };
}

function unknownProvider(wanted: string, known: readonly string[], origin: Origin): ConfigException {
  const names = [...new Set(known)];
  const nearest = nearestName(wanted, names);
  const details = { origin, key: "provider", expected: `one of ${names.join(", ")}`, ...(nearest === undefined ? {} : { nearest }) };
  return new ConfigException("unknown-provider", `There is no provider "${wanted}"; there is ${names.join(", ")}.`, details);
}

function noChoice(configured: readonly string[], origin: Origin): ConfigException {
  const sentence = `Several providers are configured (${configured.join(", ")}) and none is chosen: add provider = "${configured[0]}" at the top, set CHATPORT_PROVIDER, or use --provider.`;
  return new ConfigException("missing-value", sentence, { origin, key: "provider", expected: `one of ${configured.join(", ")}` });
}

function settingsIn(layers: readonly ConfigLayer[]): ReadonlyMap<string, ProviderSettings> {
  const { providers = {} } = validated(layers);
  const all = Object.entries(providers).map(([name, settings]): [string, ProviderSettings] => {
    const originOf: ProviderSettings["originOf"] = (path) => originIn(layers, ["providers", name, ...path]);
    const provider = { name, type: settings.type, settings, originOf };
    keepKeyAtHome(provider);
    return [name, provider];
  });
  return new Map(all);
}

function validated(layers: readonly ConfigLayer[]) {
  return validate(configurationSchema, mergeLayers(layers), { originOf: (path) => originIn(layers, path) });
}
