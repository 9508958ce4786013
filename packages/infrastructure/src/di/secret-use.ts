import type { ProviderSettings } from "../config/configuration.js";
import { ConfigException } from "../config/config-exception.js";
import { isTable } from "../config/config-table.js";
import { dotted } from "../config/dotted.js";
import { describeOrigin, type Origin } from "../config/origin.js";
import { isUntrusted, type SecretUse, startsAtItsFile, untrustedReference } from "../config/secret-source.js";
import type { KeyPath } from "../config/toml-positions.js";

/**
 * Where a provider's table holds this reference, at whatever depth: the layer that wrote this very value decides where a relative path starts and whether it is trusted. (Tables
 * merge, so that each of their values has an origin of its own; an array belongs as a whole to the layer that wrote it last.)
 *
 * A factory hands over the text alone, so that one text at several places cannot be told apart: it is refused where the places do not mean the same. A reference that the factory
 * made up itself (the usual variable of a vendor) belongs to whoever chose the provider's type.
 *
 * @throws {ConfigException} `untrusted` when one of the places stands in a project file that is not trusted, `secret` when a relative reference stands in files of several folders.
 */
export function secretUseOf(reference: string, provider: ProviderSettings): SecretUse {
  const uses = placesOf(provider.settings, reference).map((path) => useAt(path, provider));
  const [first = { ...useAt(["apiKey"], provider), origin: provider.originOf(["type"]) }, ...others] = uses;
  const foreign = uses.find(({ origin }) => isUntrusted(origin));
  if (foreign !== undefined) throw untrustedReference(foreign);
  const other = others.find(({ origin }) => folderOf(origin) !== folderOf(first.origin));
  if (other === undefined || !startsAtItsFile(reference)) return first;
  const sentence = `"${other.key}" and "${first.key}" (${describeOrigin(first.origin)}) have the same reference and mean another folder each: write whole paths.`;
  throw new ConfigException("secret", sentence, other);
}

/** The paths of all values in a table that are exactly this text, in the order in which they stand. */
export function placesOf(value: unknown, text: string, path: KeyPath = []): readonly KeyPath[] {
  if (value === text) return [path];
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => placesOf(item, text, [...path, index]));
  return isTable(value) ? Object.entries(value).flatMap(([key, inner]) => placesOf(inner, text, [...path, key])) : [];
}

function useAt(path: KeyPath, { name, originOf }: ProviderSettings): SecretUse {
  return { origin: originOf(path), provider: name, key: dotted(["providers", name, ...path]) };
}

function folderOf(origin: Origin): string | undefined {
  return origin.kind === "file" ? origin.folder : undefined;
}
