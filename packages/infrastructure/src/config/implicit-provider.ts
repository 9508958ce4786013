import { type ConfigTable, table } from "./config-table.js";
import { type ConfigLayer, layerFrom } from "./config-layer.js";
import { type KnownSurroundings, setting } from "./config-locations.js";
import { defaultModel } from "../providers/openai/provider-table.js";
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

/** The providers that exist without configuration, the one that answers by default first. */
export function implicitProviders(env: KnownSurroundings["env"]): readonly [ImplicitProvider, ...ImplicitProvider[]] {
  const guide: ImplicitProvider = implicit("guide", { kind: "default" }, { type: "guide" });
  const key: Origin = { kind: "environment", variable: "OPENAI_API_KEY" };
  const hasKey = setting(env, key.variable) !== undefined;
  const url: Origin = { kind: "environment", variable: "OPENAI_BASE_URL" };
  const baseUrl = setting(env, url.variable);
  if (hasKey) {
    const settings = { type: "openai", apiKey: "env:OPENAI_API_KEY", ...(baseUrl === undefined ? {} : { baseUrl }) };
    const layer = implicit("openai", key, settings).layer;
    const originOf: ConfigLayer["originOf"] = (path) => (path.at(-1) === "baseUrl" ? url : key);
    return [{ name: "openai", origin: key, layer: { ...layer, originOf }, guessesModel: baseUrl !== undefined }, guide];
  }
  if (baseUrl !== undefined) {
    // A server of one's own: it may need no key, and what it serves is unknown until it is asked.
    return [{ ...implicit("openai", url, { type: "openai-compatible", baseUrl, model: defaultModel }), guessesModel: true }, guide];
  }
  // Still there by name, so that `--provider openai` says which variable is missing.
  return [guide, implicit("openai", key, { type: "openai", apiKey: "env:OPENAI_API_KEY" })];
}

function implicit(name: string, origin: Origin, settings: Readonly<Record<string, unknown>>): ImplicitProvider {
  const values: ConfigTable = table({ providers: table({ [name]: table(settings) }) });
  return { name, origin, layer: layerFrom(origin, values), guessesModel: false };
}
