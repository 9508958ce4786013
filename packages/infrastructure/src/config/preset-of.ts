import { type Preset, presets } from "../providers/openai/presets/index.js";
import type { ProviderSettings } from "./configuration.js";

/** The preset that a provider's table names. A plug-in may have a setting of the same name and another meaning: its presets are none of ours. */
export function presetOf({ type, settings }: ProviderSettings): (Preset & { readonly name: string }) | undefined {
  const name = settings["preset"];
  if (type !== "openai-compatible" || typeof name !== "string") return undefined;
  const preset = presets.get(name);
  return preset && { ...preset, name };
}
