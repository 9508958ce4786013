import { Secret } from "@chatport/domain";
import type { Configuration } from "../config/configuration.js";
import { dotted } from "../config/dotted.js";
import type { SecretSource } from "../config/secret-source.js";
import { compose } from "./compose.js";
import { type ProviderRegistry, withPlugins } from "./provider-registry.js";
import { withStandInModels } from "./with-stand-in-models.js";

/**
 * The reference that a provider's factory asks for although the table names no key: the factory alone knows which variable is usual, and which addresses get its key. No key is
 * looked up. Undefined when the factory asks for none, or when the table is wrong.
 */
export async function usualKeyOf(name: string, configuration: Configuration, registry: ProviderRegistry): Promise<string | undefined> {
  const key = dotted(["providers", name, "apiKey"]);
  let usual: string | undefined;
  const secrets: SecretSource = {
    find(reference, use) {
      if (use.provider === name && use.key === key) usual ??= reference;
      return { secret: new Secret("stands-in-for-a-key") };
    },
  };
  try {
    const complete = withStandInModels(configuration, withPlugins(registry, configuration.plugins));
    await compose({ ...complete, provider: name, secrets }, { registry }).dispose();
  } catch {
    // Why a provider cannot be made is told by whoever makes one.
  }
  return usual;
}
