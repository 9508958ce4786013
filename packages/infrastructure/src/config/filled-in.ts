import type { StandardSchemaV1 } from "@chatport/domain";
import { valueAt } from "./config-table.js";
import type { ProviderSettings } from "./configuration.js";
import type { Origin } from "./origin.js";
import { presetOf } from "./preset-of.js";
import { defaultIn } from "./schema-keys.js";
import { usualSettings } from "./usual-settings.js";

/** What can be asked of the provider types that there are. */
export interface KnownTypes {
  /** The schema of a type's tables; undefined for a type that there is not. */
  readonly schemaOf: (type: string) => StandardSchemaV1 | undefined;
  /** The reference to the key of a provider whose table names none, such as `env:ANTHROPIC_API_KEY`; undefined when it gets none. */
  readonly usualKeyOf: (provider: string) => Promise<string | undefined>;
}

/** A value that counts although no source sets it. */
export interface FilledIn {
  readonly value: unknown;
  readonly origin: Origin;
}

/** What a provider's preset, its type or its factory says where the table says nothing; undefined when they say nothing either. A table is told as a whole. */
export async function filledIn(provider: ProviderSettings, path: readonly string[], types: KnownTypes): Promise<FilledIn | undefined> {
  const { name: preset, keyVariable, ...settings } = presetOf(provider) ?? {};
  const fromPreset: Origin = preset === undefined ? { kind: "default" } : { kind: "preset", preset };
  const [setting = "", ...inner] = path;
  if (setting === "apiKey" && inner.length === 0) {
    const reference = await types.usualKeyOf(provider.name);
    return reference === undefined
      ? undefined
      : { value: reference, origin: reference === `env:${keyVariable}` ? fromPreset : { kind: "default" } };
  }
  if (inner.length === 0 && Object.hasOwn(settings, setting) && counts(setting, provider)) {
    return { value: Reflect.get(settings, setting), origin: fromPreset };
  }
  const schema = types.schemaOf(provider.type);
  const value = (schema === undefined ? undefined : defaultIn(schema, path)) ?? valueAt(usualSettings(provider), path);
  return value === undefined ? undefined : { value, origin: { kind: "default" } };
}

/** What a preset says of Chat Completions is left aside where the table asks for Responses. */
function counts(setting: string, { settings }: ProviderSettings): boolean {
  if (setting === "documentation") return false;
  return settings["api"] !== "responses" || setting === "baseUrl" || setting === "model";
}
