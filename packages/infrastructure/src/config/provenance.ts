import { type ConfigLayer, mergeLayers } from "./config-layer.js";
import { isTable, valueAt } from "./config-table.js";
import { dotted } from "./dotted.js";
import { type Origin, shownOrigin } from "./origin.js";
import { shownPath, type ShownValue, shownValue } from "./shown-value.js";

/** One source that sets a value. Values are as they may be printed: keys are hidden. */
export interface SettingSource {
  readonly value: ShownValue;
  readonly origin: Origin;
}

/** A setting that counts: what it is, where it comes from, and what it overrode. */
export interface SettingProvenance extends SettingSource {
  /** With dots: `providers.work.model`. A name that looks like a key is hidden, here and in `path`. */
  readonly key: string;
  readonly path: readonly string[];
  /** What lower sources say, the nearest first. */
  readonly overrides: readonly SettingSource[];
}

/** Every setting of the merged layers with its sources, in the order in which they are written. */
export function provenanceOf(layers: readonly ConfigLayer[]): readonly SettingProvenance[] {
  return [...leavesOf(mergeLayers(layers))].map((path) => {
    const sources = layers.toReversed().flatMap((layer) => {
      const value = valueAt(layer.values, path);
      return value === undefined ? [] : [{ value: shownValue(path, value), origin: shownOrigin(layer.originOf(path)) }];
    });
    const [top = { value: "", origin: { kind: "default" } as const }, ...overrides] = sources;
    const shown = shownPath(path);
    return { key: dotted(shown), path: shown, ...top, overrides };
  });
}

function* leavesOf(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  const entries = isTable(value) ? Object.entries(value) : [];
  if (entries.length === 0 && path.length > 0) yield path;
  for (const [key, inner] of entries) yield* leavesOf(inner, [...path, key]);
}
