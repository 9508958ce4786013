import { type Configuration, isConfigException, loadConfiguration, type LoadOptions } from "../config/index.js";
import { isWrongChoice } from "../config/wrong-choice.js";

/**
 * The configuration for a list of its providers. The list is what helps somebody whose file or environment chooses a name that there is not, or none of several: such a choice does
 * not stop it, and then none of them is the chosen one.
 *
 * @throws {ConfigException} for everything else, and for a name that the flag chooses.
 */
export async function loadForList(options: LoadOptions): Promise<Configuration> {
  try {
    return await loadConfiguration(options);
  } catch (error) {
    if (!isConfigException(error) || !isWrongChoice(error) || options.flags?.provider !== undefined) throw error;
  }
  const configuration = await loadConfiguration({ ...options, flags: { ...options.flags, provider: "guide" } });
  const configured = [...configuration.providers].filter(([, provider]) => provider.originOf(["type"]).kind !== "default");
  return { ...configuration, provider: "", providers: new Map(configured) };
}
