import type { EitherApiConfig } from "../either-api.js";
import type { OpenAICompatibleProviderTable } from "../provider-table.js";
import { presets } from "./index.js";
import type { Preset } from "./preset.js";

/** What a table comes down to: the adapter's configuration, with the key by reference. */
export type Settings = Omit<EitherApiConfig, "apiKey"> & { readonly type?: string; readonly apiKey?: string };

/** A table with what its preset says beneath it, and beneath that `max_tokens`, which compatible servers know. A preset's key is for the preset's own address. */
export function withPreset({ preset: name = "", ...table }: OpenAICompatibleProviderTable): Settings {
  const { keyVariable, documentation: _documentation, ...preset } = presets.get(name) ?? nothing;
  const key = keyVariable === undefined || table.baseUrl !== undefined ? {} : { apiKey: `env:${keyVariable}` };
  return { maxTokensField: "max_tokens", ...preset, ...key, ...table, model: table.model ?? preset.model ?? "" };
}

const nothing: Partial<Preset> = {};
