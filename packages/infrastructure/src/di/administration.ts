import { type CallOptions, type JsonObject, type ModelInfo, RequestException } from "@chatport/domain";
import {
  type ConfigException,
  type ConfigPath,
  configPaths,
  describeOrigin,
  distrustProjectFile,
  isConfigException,
  loadConfiguration,
  type LoadOptions,
  type SettingProvenance,
  type ShownValue,
  type TrustedFile,
  trustProjectFile,
} from "../config/index.js";
import type { Configuration } from "../config/configuration.js";
import { explainSetting, settingsOf } from "../config/explain.js";
import { builtInRegistry } from "./built-in-providers.js";
import { compose } from "./compose.js";
import { configurationJsonSchema } from "./configuration-json-schema.js";
import { findMistakes } from "./find-mistakes.js";
import { type ListedProvider, listProviders } from "./list-providers.js";
import { loadForList } from "./load-for-list.js";
import { type ProviderRegistry, withPlugins } from "./provider-registry.js";
import { usualKeyOf } from "./usual-key.js";
import { withStandInModels } from "./with-stand-in-models.js";

/** A setting with its sources, in words. Values are as they may be printed. */
export interface ExplainedSetting {
  readonly key: string;
  readonly value: ShownValue;
  /** Where the value comes from: `./chatport.toml line 3`, `flag --model`. */
  readonly origin: string;
  /** What lower sources say, the nearest first. */
  readonly overrides: readonly { readonly value: ShownValue; readonly origin: string }[];
}

/** What a person can ask of, and do to, the configuration. Nothing in it ever holds a key. */
export interface Administration {
  /** The configured providers; also while a name is chosen that none of them has, or none is chosen. */
  providers(): Promise<readonly ListedProvider[]>;
  /**
   * The chosen provider's models; its table need not name one. `onAttempt` hears of each provider of a fallback or a router that is left out, as it cannot list.
   *
   * @throws {ChatException} also `unsupported`, when it has no list.
   */
  models(signal?: AbortSignal, onAttempt?: CallOptions["onAttempt"]): Promise<readonly ModelInfo[]>;
  paths(): Promise<readonly ConfigPath[]>;
  /** Every setting with its sources, under the same circumstances. */
  settings(): Promise<readonly ExplainedSetting[]>;
  /** One setting, or all of a table, under the same circumstances. */
  explain(key: string): Promise<readonly ExplainedSetting[]>;
  /** All mistakes: of the whole, and of every table that can be judged. Keys are not looked up. */
  validate(): Promise<readonly ConfigException[]>;
  /** What is no mistake, and worth knowing: a file that others can change. None while the configuration cannot be read: then {@link validate} says why. */
  warnings(): Promise<readonly string[]>;
  /** The JSON Schema of a configuration file, for editors; without the types of plug-ins while the configuration cannot be read, which is when an editor's help counts. */
  schema(): Promise<JsonObject>;
  trust(file?: string): Promise<TrustedFile>;
  distrust(file?: string): Promise<{ readonly path: string }>;
}

/**
 * The configuration that these options lead to, read anew for each question. All methods throw {@link ConfigException} when it cannot be read.
 */
export function administer(options: LoadOptions = {}, registry: ProviderRegistry = builtInRegistry()): Administration {
  const { flags: _flags, ...surroundings } = options;
  return {
    async providers() {
      const configuration = await loadForList(options);
      return listProviders(configuration, withPlugins(registry, configuration.plugins));
    },
    async models(signal, onAttempt) {
      const configuration = await loadConfiguration(options);
      const complete = withStandInModels(configuration, withPlugins(registry, configuration.plugins));
      await using composition = compose(complete, { registry });
      const { provider } = composition;
      if (provider.listModels === undefined) {
        throw new RequestException("unsupported", "This provider has no list of models", { provider: provider.name });
      }
      return await provider.listModels({ ...(signal && { signal }), ...(onAttempt && { onAttempt }) });
    },
    paths: () => configPaths(options),
    settings: async () => settingsOf(await loadForList(options)).map(inWords),
    async explain(key) {
      const configuration = await loadForList(options);
      const all = withPlugins(registry, configuration.plugins);
      const settings = await explainSetting(configuration, key, {
        schemaOf: (type) => all.factory(type)?.configSchema,
        usualKeyOf: (provider) => usualKeyOf(provider, configuration, registry),
      });
      return settings.map(inWords);
    },
    validate: () => findMistakes(options, registry),
    warnings: async () => (await loadIfReadable(options))?.warnings ?? [],
    schema: async () => configurationJsonSchema(withPlugins(registry, (await loadIfReadable(options))?.plugins ?? [])),
    trust: (file) => trustProjectFile({ ...surroundings, file }),
    distrust: (file) => distrustProjectFile({ ...surroundings, file }),
  };
}

function inWords({ key, value, origin, overrides }: SettingProvenance): ExplainedSetting {
  const lower = overrides.map((source) => ({ value: source.value, origin: describeOrigin(source.origin) }));
  return { key, value, origin: describeOrigin(origin), overrides: lower };
}

/** The configuration, for those who can do without; undefined while it cannot be read: then `validate` says why. */
async function loadIfReadable(options: LoadOptions): Promise<Configuration | undefined> {
  try {
    return await loadForList(options);
  } catch (error) {
    if (isConfigException(error)) return undefined;
    throw error;
  }
}
