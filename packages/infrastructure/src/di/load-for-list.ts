import { type Configuration, isConfigException, loadConfiguration, type LoadOptions } from "../config/index.js";
import { readConfiguration } from "../config/readable-configuration.js";
import { isWrongChoice } from "../config/wrong-choice.js";

/**
 * The configuration for whoever looks at it: its providers, its settings, where they come from. That is what helps somebody whose file or environment chooses a name that there is
 * not, or none of several: such a choice does not stop it, and then none of them is the chosen one.
 *
 * @throws {ConfigException} for everything else, and for a name that the flag chooses.
 */
export async function loadForList(options: LoadOptions): Promise<Configuration> {
  try {
    return await loadConfiguration(options);
  } catch (error) {
    if (!isConfigException(error) || !isWrongChoice(error) || options.flags?.provider !== undefined) throw error;
  }
  const { configuration, mistakes } = await readConfiguration(options);
  const other = mistakes.find((mistake) => !isWrongChoice(mistake));
  if (other !== undefined) throw other;
  return configuration;
}
