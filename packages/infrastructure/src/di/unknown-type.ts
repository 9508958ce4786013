import { ConfigException } from "../config/config-exception.js";
import type { ProviderSettings } from "../config/configuration.js";
import { dotted } from "../config/dotted.js";
import { otherPreset, otherType } from "../config/other-name.js";
import { nearestName } from "../names/nearest-name.js";
import { presets } from "../providers/openai/presets/index.js";
import type { ProviderRegistry } from "./provider-registry.js";

/** A table's type that nobody registered, with the type that was likely meant: also the one that a vendor's or a preset's name leads to. */
export function unknownType({ name, type, originOf }: ProviderSettings, { types }: ProviderRegistry): ConfigException {
  const meant = likeliest(type, types);
  const there = types.join(", ");
  const place = { origin: originOf(["type"]), key: dotted(["providers", name, "type"]), provider: name };
  if (meant?.preset !== undefined) {
    const written = `type = "${presetType}" and preset = "${meant.preset}"`;
    const sentence = `There is no provider type "${type}", but a preset "${meant.preset}": write ${written}.`;
    return new ConfigException("unknown-type", sentence, { ...place, expected: written });
  }
  return new ConfigException("unknown-type", `There is no provider type "${type}"; there is ${there}.`, {
    ...place,
    expected: `one of ${there}`,
    ...(meant?.type !== undefined && { nearest: meant.type }),
  });
}

/** A preset that is none because it is a type of its own; undefined for any other. */
export function presetForType(
  { name, type: given, settings, originOf }: ProviderSettings,
  { types }: ProviderRegistry,
): ConfigException | undefined {
  const { preset } = settings;
  const type = given === presetType && typeof preset === "string" && !presets.has(preset) ? otherType(preset, types) : undefined;
  if (type === undefined || type === presetType) return undefined;
  const sentence = `There is no preset "${String(preset)}", but a type "${type}": write type = "${type}" and no preset.`;
  const key = dotted(["providers", name, "preset"]);
  return new ConfigException("invalid-value", sentence, {
    origin: originOf(["preset"]),
    key,
    provider: name,
    expected: `type = "${type}"`,
  });
}

const presetType = "openai-compatible";

type Meant = { readonly type?: string; readonly preset?: string };

/** What is called like that comes first, then what is spelt like that, then what its first word names: `claude-sonnet`, `ollama-cloud`. */
function likeliest(wrong: string, types: readonly string[]): Meant | undefined {
  const known = types.includes(presetType) ? [...presets.keys()] : [];
  const [word = ""] = /^[a-z]+/i.exec(wrong) ?? [];
  return (
    called(wrong, types, known) ?? asType(nearestName(wrong, types)) ?? asPreset(nearestName(wrong, known)) ?? called(word, types, known)
  );
}

function called(name: string, types: readonly string[], known: readonly string[]): Meant | undefined {
  return asType(otherType(name, types)) ?? asPreset(otherPreset(name, known));
}

function asType(type: string | undefined): Meant | undefined {
  return type === undefined ? undefined : { type };
}

function asPreset(preset: string | undefined): Meant | undefined {
  return preset === undefined ? undefined : { preset };
}
