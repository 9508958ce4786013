import { ConfigException } from "./config-exception.js";
import { type ConfigLayer, mergeLayers, originIn } from "./config-layer.js";
import { type ConfigTable, isTable, valueAt } from "./config-table.js";
import { dotted } from "./dotted.js";
import { isSecretReference } from "./secret-source.js";
import { isSecretSetting } from "./shown-value.js";

/** The settings of ours that decide which server a provider talks to, beside its address. */
const ownDestination = /^(?:type|preset)$/u;

/** What addresses, and the parts of one, are usually called, at whatever depth of a plug-in's table. */
const destination = /^(?:region|resource|server|port)s?$|(?:url|uri|endpoint|host|hostname|address|addresse|proxy|proxie)s?$/iu;

/**
 * A key goes to the server that it was configured with. A layer above the key's own may not send it to another scheme, host or port. What counts as a key is
 * every reference to one, at whatever depth of the table, every setting that is called like one, and every header, as headers may carry keys too. Another path on
 * the same server is allowed, and so is a layer that brings a key of its own in the place of this one.
 *
 * @throws {ConfigException} `untrusted`.
 */
export function keepKeyAtHome(name: string, layers: readonly ConfigLayer[]): void {
  // Most providers have one table, which nobody can have moved.
  if (layers.filter(({ values }) => tableOf(values, name) !== undefined).length < 2) return;
  const final = tableOf(mergeLayers(layers), name) ?? {};
  for (const path of keysIn(final, ["providers", name])) {
    const index = layers.findLastIndex(({ values }) => valueAt(values, path) !== undefined);
    const home = tableOf(mergeLayers(layers.slice(0, index + 1)), name) ?? {};
    const destinations = [...destinationsIn(home), ...destinationsIn(final)];
    const moved = destinations.find((setting) => serverOf(valueAt(home, setting)) !== serverOf(valueAt(final, setting)));
    if (moved === undefined) continue;
    const sentence = `This would send the key of the provider "${name}" to a server that the key was not configured with. Give this provider a name and an apiKey of its own.`;
    throw new ConfigException("untrusted", sentence, {
      origin: originIn(layers, ["providers", name, ...moved]),
      key: dotted(["providers", name, ...moved]),
      provider: name,
    });
  }
}

/** Where the keys of a table stand. Layers replace an array as a whole, so that the place of one in an array is the array's. */
function keysIn(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (isTable(value)) return Object.entries(value).flatMap(([step, inner]) => keysIn(inner, [...path, step]));
  if (Array.isArray(value)) return value.some((item) => keysIn(item, path).length > 0) ? [path] : [];
  const isKey = path[2] === "headers" || (typeof value === "string" && (isSecretReference(value) || isSecretSetting(path)));
  return isKey ? [path] : [];
}

/** Where the addresses of a table stand; one in an array counts as the array. What headers say leads nowhere else. */
function destinationsIn(table: ConfigTable, path: readonly string[] = []): readonly (readonly string[])[] {
  return Object.entries(table).flatMap(([step, value]) => {
    const at = [...path, step];
    if (path.length === 0 && step === "headers") return [];
    if (destination.test(step) || (path.length === 0 && ownDestination.test(step))) return [at];
    if (isTable(value)) return destinationsIn(value, at);
    return Array.isArray(value) && value.some((item) => isTable(item) && destinationsIn(item, at).length > 0) ? [at] : [];
  });
}

function tableOf(values: ConfigTable, name: string): ConfigTable | undefined {
  const provider = valueAt(values, ["providers", name]);
  return isTable(provider) ? provider : undefined;
}

/** The origin of a URL (scheme, host and port); any other value as it is, to be compared. */
function serverOf(value: unknown): unknown {
  if (typeof value !== "string" || !URL.canParse(value)) return isTable(value) || Array.isArray(value) ? JSON.stringify(value) : value;
  const { origin, protocol, host } = new URL(value);
  return origin === "null" ? `${protocol}//${host}` : origin;
}
