import { defaultModel } from "../providers/openai/provider-table.js";
import { presets } from "../providers/openai/presets/index.js";
import { table } from "./config-table.js";
import { type ConfigLayer, layerFrom } from "./config-layer.js";
import { type KnownSurroundings, setting } from "./config-locations.js";
import type { LocalServer } from "./local-servers.js";
import type { Origin } from "./origin.js";

/** A provider that exists without a line of configuration. */
export interface ImplicitProvider {
  readonly name: string;
  /** Why it is there. */
  readonly origin: Origin;
  readonly layer: ConfigLayer;
  /** Whether the model is a guess that the server may not have. */
  readonly guessesModel: boolean;
}

/**
 * The providers that exist without configuration, the one that answers by default first: OpenAI, or the server of `OPENAI_BASE_URL`; then those whose key's
 * variable is set; then the guide. Behind it, those of the vendors without a key, so that `--provider openai` says which variable is missing.
 */
export function implicitProviders(env: KnownSurroundings["env"]): readonly [ImplicitProvider, ...ImplicitProvider[]] {
  const openai = openAI(env);
  const keyed = keyedProviders.map(({ name, variable, settings }) => ({
    isSet: setting(env, variable) !== undefined,
    provider: withPresetModel(implicit(name, { kind: "environment", variable }, { ...settings, apiKey: `env:${variable}` })),
  }));
  const ready = keyed.flatMap(({ isSet, provider }) => (isSet ? [provider] : []));
  const vendors = keyed.flatMap(({ isSet, provider }) => (!isSet && vendorNames.has(provider.name) ? [provider] : []));
  const guide = implicit("guide", { kind: "default" }, { type: "guide" });
  const [first = guide, ...others] = [...(openai === undefined ? [] : [openai]), ...ready];
  const missing = [
    ...(openai === undefined ? [implicit("openai", openAIKey, { type: "openai", apiKey: "env:OPENAI_API_KEY" })] : []),
    ...vendors,
  ];
  return [first, ...others, ...(first === guide ? [] : [guide]), ...missing];
}

/**
 * The names that a model may be qualified with (`groq/NAME`) without configuration. Where a preset's server answers, whose models may be called `openai/NAME`, a vendor without a
 * key gives way to it.
 */
export function implicitNames(env: KnownSurroundings["env"]): readonly string[] {
  const all = implicitProviders(env);
  const [{ origin, name: first }] = all;
  if (origin.kind === "default" || !presets.has(first)) return all.map(({ name }) => name);
  return all
    .filter((provider) => provider.origin.kind !== "environment" || setting(env, provider.origin.variable) !== undefined)
    .map(({ name }) => name);
}

const openAIKey = { kind: "environment", variable: "OPENAI_API_KEY" } as const;
const vendorNames: ReadonlySet<string> = new Set(["anthropic", "gemini"]);

/** In the order in which their variables are looked at. */
const keyedProviders = [
  { name: "anthropic", variable: "ANTHROPIC_API_KEY", settings: { type: "anthropic" } },
  { name: "gemini", variable: "GEMINI_API_KEY", settings: { type: "gemini" } },
  ...[...presets].flatMap(([name, { keyVariable: variable, model }]) =>
    variable === undefined
      ? []
      : [{ name, variable, settings: { type: "openai-compatible", preset: name, ...(model !== undefined && { model }) } }],
  ),
];

/** A server that was found on this machine. */
export function foundProvider({ name, url, settings }: LocalServer): ImplicitProvider {
  return implicit(name, { kind: "server", url }, settings);
}

/** The variable brings the provider, and its preset the model. */
function withPresetModel(provider: ImplicitProvider): ImplicitProvider {
  if (!presets.has(provider.name)) return provider;
  const originOf: ConfigLayer["originOf"] = (path) =>
    path.at(-1) === "model" ? { kind: "preset", preset: provider.name } : provider.origin;
  return { ...provider, layer: { ...provider.layer, originOf } };
}

function openAI(env: KnownSurroundings["env"]): ImplicitProvider | undefined {
  const url: Origin = { kind: "environment", variable: "OPENAI_BASE_URL" };
  // Files of variables bring blanks and line ends along.
  const baseUrl = setting(env, url.variable)?.trim() || undefined;
  if (setting(env, openAIKey.variable) !== undefined) {
    const settings = { type: "openai", apiKey: "env:OPENAI_API_KEY", ...(baseUrl === undefined ? {} : { baseUrl }) };
    const { layer } = implicit("openai", openAIKey, settings);
    const originOf: ConfigLayer["originOf"] = (path) => (path.at(-1) === "baseUrl" ? url : openAIKey);
    return { name: "openai", origin: openAIKey, layer: { ...layer, originOf }, guessesModel: baseUrl !== undefined };
  }
  if (baseUrl === undefined) return undefined;
  // A server of one's own: it may need no key, and what it serves is unknown until it is asked.
  return { ...implicit("openai", url, { type: "openai-compatible", baseUrl, model: defaultModel }), guessesModel: true };
}

function implicit(name: string, origin: Origin, settings: Readonly<Record<string, unknown>>): ImplicitProvider {
  const values = table({ providers: table({ [name]: table(settings) }) });
  return { name, origin, layer: layerFrom(origin, values), guessesModel: false };
}
