import type { ProviderSettings } from "./configuration.js";
import type { ConfigTable } from "./config-table.js";

/** A provider's table whose settings, which may hold a key, appear in no `inspect` and no JSON of it. */
export function providerSettings(given: ProviderSettings): ProviderSettings {
  return new UnseenSettings(given);
}

class UnseenSettings implements ProviderSettings {
  readonly name: string;
  readonly originOf: ProviderSettings["originOf"];
  readonly #given: ProviderSettings;

  constructor(given: ProviderSettings) {
    this.name = given.name;
    this.originOf = given.originOf;
    this.#given = given;
  }

  get type(): string {
    return this.#given.type;
  }

  get settings(): ConfigTable {
    return this.#given.settings;
  }
}
