import { type ConfigTable, isTable, mergeTables, table } from "./config-table.js";
import type { Origin } from "./origin.js";
import type { KeyPath } from "./toml-positions.js";

/** One source of settings: a file, the environment, the flags. */
export interface ConfigLayer {
  readonly values: ConfigTable;
  /** Where a value of this layer was written. */
  readonly originOf: (path: KeyPath) => Origin;
}

/** A layer whose values all come from one place. */
export function layerFrom(origin: Origin, values: ConfigTable): ConfigLayer {
  return { values, originOf: () => origin };
}

/** All layers' settings, the later layers' above the earlier ones'. */
export function mergeLayers(layers: readonly ConfigLayer[]): ConfigTable {
  return layers.reduce<ConfigTable>((below, layer) => mergeTables(below, layer.values), table());
}

/** Where the value that counts was written: the highest layer that has it, or that has its nearest ancestor. */
export function originIn(layers: readonly ConfigLayer[], path: KeyPath): Origin {
  for (let length = path.length; length > 0; length--) {
    const part = path.slice(0, length);
    const layer = layers.findLast(({ values }) => has(values, part));
    if (layer !== undefined) return layer.originOf(part);
  }
  return { kind: "default" };
}

/** Whether one of the layers sets this very value. */
export function isSetIn(layers: readonly ConfigLayer[], path: KeyPath): boolean {
  return layers.some(({ values }) => has(values, path));
}

function has(values: ConfigTable, path: KeyPath): boolean {
  let value: unknown = values;
  for (const key of path) {
    if (Array.isArray(value)) value = value[Number(key)];
    else if (isTable(value) && Object.hasOwn(value, key)) value = value[key];
    else return false;
  }
  return value !== undefined;
}
