import { ConfigException } from "./config-exception.js";
import { type ConfigLayer, mergeLayers, originIn } from "./config-layer.js";
import { type ConfigTable, isTable } from "./config-table.js";

/** The settings that decide which server a provider talks to. */
const destinations = ["type", "preset", "baseUrl", "endpoint", "resource", "region"] as const;

/**
 * A key goes to the server that it was configured with. A layer above the key's own may not send it to another scheme, host or port; headers, which may carry
 * keys too, likewise. Another path on the same server is allowed, and so is a layer that brings a key of its own.
 *
 * @throws {ConfigException} `untrusted`.
 */
export function keepKeyAtHome(name: string, layers: readonly ConfigLayer[]): void {
  const holders = layers.map((layer) => tableOf(layer.values, name));
  const key = holders.findLastIndex((provider) => provider?.["apiKey"] !== undefined);
  // Tables of headers merge, so that those of the lowest layer count still.
  const headers = holders.findIndex((provider) => provider?.["headers"] !== undefined);
  const final = tableOf(mergeLayers(layers), name) ?? {};
  for (const index of [key, headers]) {
    if (index === -1) continue;
    const home = tableOf(mergeLayers(layers.slice(0, index + 1)), name) ?? {};
    const moved = destinations.find((setting) => destination(home[setting]) !== destination(final[setting]));
    if (moved === undefined) continue;
    const sentence = `This would send the key of the provider "${name}" to a server that the key was not configured with. Give this provider a name and an apiKey of its own.`;
    throw new ConfigException("untrusted", sentence, {
      origin: originIn(layers, ["providers", name, moved]),
      key: `providers.${name}.${moved}`,
      provider: name,
    });
  }
}

function tableOf(values: ConfigTable, name: string): ConfigTable | undefined {
  const { providers } = values;
  const provider = isTable(providers) && Object.hasOwn(providers, name) ? providers[name] : undefined;
  return isTable(provider) ? provider : undefined;
}

/** The origin of a URL (scheme, host and port); any other value as it is. */
function destination(value: unknown): unknown {
  if (typeof value !== "string" || !URL.canParse(value)) return value;
  const { origin, protocol, host } = new URL(value);
  return origin === "null" ? `${protocol}//${host}` : origin;
}
