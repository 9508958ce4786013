import { ConfigException } from "./config-exception.js";
import type { ProviderSettings } from "./configuration.js";

/**
 * A key goes to the server that it was configured with. A project's file may be somebody else's, so it does not redirect a provider whose key stands elsewhere.
 *
 * @throws {ConfigException} `untrusted`.
 */
export function keepKeyAtHome({ name, settings, originOf }: Pick<ProviderSettings, "name" | "settings" | "originOf">): void {
  if (settings["apiKey"] === undefined || settings["baseUrl"] === undefined) return;
  const target = originOf(["baseUrl"]);
  const key = originOf(["apiKey"]);
  if (target.kind !== "file" || target.scope !== "project") return;
  if (key.kind === "file" && key.scope === "project") return;
  const sentence = `This would send the key of the provider "${name}" to a server that the key was not configured with. Give this provider a name and an apiKey of its own.`;
  throw new ConfigException("untrusted", sentence, { origin: target, key: `providers.${name}.baseUrl`, provider: name });
}
