import { Secret } from "@chatport/domain";
import { type ConfigException, isConfigException } from "../config/config-exception.js";
import type { Configuration } from "../config/configuration.js";
import { refuseUnfitReference, type SecretSource } from "../config/secret-source.js";
import { compose } from "./compose.js";
import type { ProviderRegistry } from "./provider-registry.js";

/**
 * The mistakes in the tables of all providers: those that nobody uses, too. Keys are not looked up, so that a file can be judged where the keys
 * are not.
 */
export async function validateProviders(configuration: Configuration, registry: ProviderRegistry): Promise<readonly ConfigException[]> {
  const mistakes = new Map<string, ConfigException>();
  for (const provider of configuration.providers.keys()) {
    try {
      await compose({ ...configuration, provider, secrets: standIn }, { registry }).dispose();
    } catch (error) {
      if (!isConfigException(error)) throw error;
      // A provider that contains a broken one has the same mistakes.
      for (const mistake of mistakesIn(error)) mistakes.set(mistake.message, mistake);
    }
  }
  return [...mistakes.values()];
}

/** A mistake, and what else is wrong with the same table. */
export function mistakesIn(error: ConfigException): readonly ConfigException[] {
  return [error, ...(error.others ?? [])];
}

const standIn: SecretSource = {
  find(reference, use) {
    refuseUnfitReference(reference, use);
    return { secret: new Secret("stands-in-for-a-key") };
  },
};
