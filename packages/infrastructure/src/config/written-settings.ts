import type * as z from "zod/mini";
import { type ConfigLayer, mergeLayers, originIn } from "./config-layer.js";
import { configurationSchema } from "./configuration-schema.js";
import { validate } from "./validate.js";

/** The settings of merged layers, as the schema gives them back. */
export type Settings = z.infer<typeof configurationSchema>;

/** Settings, and the layers that they come from, the lower one first. */
export interface WrittenSettings {
  readonly settings: Settings;
  readonly layers: readonly ConfigLayer[];
}

/** What the layers say together. @throws {ConfigException} for what is no setting, or no value of one. */
export function writtenIn(layers: readonly ConfigLayer[]): WrittenSettings {
  return { settings: validate(configurationSchema, mergeLayers(layers), { originOf: (path) => originIn(layers, path) }), layers };
}
