import type { Administration } from "./administration/administration.js";
import type { Answerer, AnswererSource, Selection } from "./answerer.js";
import { SetupException } from "./answerer.js";
import { runApplication } from "./application.js";
import { flushed } from "./flushed.js";

/** The composition root: the one file that knows which implementations stand behind the app's interfaces. Returns the exit status when all output has been taken. */
export async function main(args: readonly string[], version: string): Promise<number> {
  const { stdin, stdout, stderr } = process;
  const status = await runApplication({ args, version, streams: { stdin, stdout, stderr }, source: configuredSource, administration });
  await flushed([stdout, stderr]);
  return status;
}

/** The provider that flags, environment and configuration files choose. */
const configuredSource: AnswererSource = {
  async open({ provider, model, configFile }: Selection): Promise<Answerer> {
    // Loaded when a provider is needed: `--help` and a wrong flag should not wait for it.
    const { describeOrigin, isConfigException, loadConfiguration } = await import("@chatport/infrastructure/config");
    const { compose } = await import("@chatport/infrastructure");
    try {
      const configuration = await loadConfiguration({ flags: { provider, model, config: configFile } });
      const composition = compose(configuration);
      const isFallback = configuration.origin.kind === "default";
      return {
        provider: composition.provider,
        description: isFallback ? composition.description : `${composition.description}, from ${composition.origin}`,
        notices: [...noticesOf(configuration.origin.kind, composition.description, composition.origin), ...composition.warnings],
        placeOf(name, setting) {
          const table = configuration.providers.get(name);
          const key = table && settingNames[setting].find((candidate) => table.settings[candidate] !== undefined);
          if (table === undefined || (key === undefined && setting === "address")) return undefined;
          return describeOrigin(table.originOf([key ?? "type"]));
        },
        close: () => composition.dispose(),
      };
    } catch (error) {
      throw isConfigException(error) ? new SetupException(error.message, { cause: error }) : error;
    }
  },
};

/** What tables call a key, and an address. */
const settingNames = { key: ["apiKey", "token"], address: ["baseUrl", "endpoint"] } as const;

/** The same configuration, to look at and to trust. */
async function administration({ provider, model, configFile }: Selection): Promise<Administration> {
  const { isConfigException } = await import("@chatport/infrastructure/config");
  const { administer } = await import("@chatport/infrastructure");
  const administered = administer({ flags: { provider, model, config: configFile } });
  const told = async <Result>(result: Promise<Result>): Promise<Result> => {
    try {
      return await result;
    } catch (error) {
      throw isConfigException(error) ? new SetupException(error.message, { cause: error }) : error;
    }
  };
  return {
    providers: () => told(administered.providers()),
    models: (signal, onAttempt) => told(administered.models(signal, onAttempt)),
    paths: () => told(administered.paths()),
    settings: () => told(administered.settings()),
    explain: (key) => told(administered.explain(key)),
    validate: () => told(administered.validate()),
    warnings: () => told(administered.warnings()),
    schema: () => told(administered.schema()),
    trust: (file) => told(administered.trust(file)),
    distrust: (file) => told(administered.distrust(file)),
  };
}

/** What must be said of a provider that nobody has chosen. */
function noticesOf(origin: string, description: string, place: string): readonly string[] {
  if (origin === "default") return [fallbackNotice];
  return origin === "server" ? [`no provider is configured, so a model server of this machine answers: ${description}, ${place}`] : [];
}

const fallbackNotice = "no provider is configured, so the built-in guide answers; set OPENAI_API_KEY to chat with a model";
