import type { Answerer, AnswererSource, Selection } from "./answerer.js";
import { SetupException } from "./answerer.js";
import { runApplication } from "./application.js";

/** The composition root: the one file that knows which implementations stand behind the app's interfaces. Returns the exit status. */
export function main(args: readonly string[], version: string): Promise<number> {
  const { stdin, stdout, stderr } = process;
  return runApplication({ args, version, streams: { stdin, stdout, stderr }, source: configuredSource });
}

/** The provider that flags, environment and configuration files choose. */
const configuredSource: AnswererSource = {
  async open({ provider, model, configFile }: Selection): Promise<Answerer> {
    // Loaded when a provider is needed: `--help` and a wrong flag should not wait for it.
    const { isConfigException, loadConfiguration } = await import("@chatport/infrastructure/config");
    const { compose } = await import("@chatport/infrastructure");
    try {
      const configuration = await loadConfiguration({ flags: { provider, model, config: configFile } });
      const composition = compose(configuration);
      const isFallback = configuration.origin.kind === "default";
      return {
        provider: composition.provider,
        description: isFallback ? composition.description : `${composition.description}, from ${composition.origin}`,
        notices: isFallback ? [fallbackNotice, ...composition.warnings] : composition.warnings,
        close: () => composition.dispose(),
      };
    } catch (error) {
      if (isConfigException(error)) throw new SetupException(error.message, { cause: error });
      throw error;
    }
  },
};

const fallbackNotice = "no provider is configured, so the built-in guide answers; set OPENAI_API_KEY to chat with a model";
