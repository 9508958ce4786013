import { ConfigException } from "./config-exception.js";
import type { ConfigLayer } from "./config-layer.js";
import { isTable } from "./config-table.js";
import { dotted } from "./dotted.js";
import { topLevelKeys } from "./configuration-schema.js";

/**
 * Refuses a provider's table that goes by another name: `[provider.work]`, or `[work]` with a type in it. The schema would judge the settings above and below
 * it one by one, and no such judgement leads to `[providers.work]`.
 *
 * @throws {ConfigException} `unknown-key`, with the right name as `nearest`.
 */
export function refuseMisnamedTables({ values, originOf }: ConfigLayer): void {
  for (const [key, value] of Object.entries(values)) {
    if (!isTable(value)) continue;
    if (key === "provider") {
      const name = Object.keys(value).find((inner) => isTable(value[inner]));
      throw name === undefined ? misnamed([key], undefined, originOf) : misnamed([key, name], name, originOf);
    }
    if (!topLevelKeys.includes(key) && typeof value["type"] === "string") throw misnamed([key], key, originOf);
  }
}

function misnamed(path: readonly string[], name: string | undefined, originOf: ConfigLayer["originOf"]): ConfigException {
  const sentence = `There is no table [${dotted(path)}]: the tables of providers are called [providers.NAME].`;
  const nearest = name === undefined ? {} : { nearest: `[${dotted(["providers", name])}]` };
  return new ConfigException("unknown-key", sentence, {
    origin: originOf(path),
    key: dotted(path),
    expected: "[providers.NAME]",
    ...nearest,
  });
}
