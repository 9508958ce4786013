import type { ConfigTable } from "./config-table.js";
import type { Origin } from "./origin.js";
import type { Plugin } from "./plugins.js";
import type { SettingProvenance } from "./provenance.js";
import type { SecretSource } from "./secret-source.js";

/** A configuration that has been read and merged, and that names a provider which exists. */
export interface Configuration {
  /** The name of the provider that answers. */
  readonly provider: string;
  /** Who chose it: the flag, the variable, the line. `default`: nothing is configured, so the guide answers. */
  readonly origin: Origin;
  /** All providers, by name. */
  readonly providers: ReadonlyMap<string, ProviderSettings>;
  /** Whether the chosen provider's model is a guess that its server may not have, because nobody named one. */
  readonly guessesModel: boolean;
  /** The provider types that its plugins bring. */
  readonly plugins: readonly Plugin[];
  /** Finds the keys that the providers refer to. */
  readonly secrets: SecretSource;
  /** The files that were read, the lower one first, as people write them. */
  readonly files: readonly string[];
  /** What the user should know and what stops nothing, such as a file that others can change. */
  readonly warnings: readonly string[];
  /** Where each setting comes from and what it overrode. Values are as they may be printed. */
  readonly provenance: () => readonly SettingProvenance[];
}

/** One `[providers.NAME]` table, merged from all sources. Its factory's schema has not seen it yet. */
export interface ProviderSettings {
  readonly name: string;
  readonly type: string;
  /** The whole table, `type` included. */
  readonly settings: ConfigTable;
  /** Where a setting of the table was written. */
  readonly originOf: (path: readonly (string | number)[]) => Origin;
}
