import { ConfigException } from "../config/config-exception.js";
import type { ProviderSettings } from "../config/configuration.js";
import { dotted } from "../config/dotted.js";
import type { Plugin } from "../config/plugins.js";
import { shownCause } from "../config/shown-cause.js";
import type { Redact } from "../http/redaction.js";

/** Makes the exception for what a factory did wrong. `what` tells it ("its create() gave undefined"); of what was `thrown`, the maker shows what may be shown. */
export type FactoryFailure = (what: string, thrown?: Thrown) => ConfigException;

/** What was thrown: an object around it, because anything can be, `undefined` too. */
export interface Thrown {
  readonly error: unknown;
}

/** What a plug-in does wrong before it is known for which provider: its own line is told, and of what it throws the kind alone, as the words may quote a table. */
export function pluginFailure({ specifier, origin, factory }: Plugin): FactoryFailure {
  return (what, thrown) => {
    const sentence = `The plugin "${specifier}" cannot judge a table of its type "${factory.type}": ${what}${thrown === undefined ? "" : ` ${kindOf(thrown)}`}.`;
    return new ConfigException("plugin", sentence, { origin, key: "plugins" });
  };
}

/**
 * What a factory does wrong for one provider: the place is the provider's table, and whose factory it is stands in the sentence.
 *
 * @param plugin that brings the factory; undefined: the program itself does
 * @param redact takes the secrets that the provider was made with out of a text
 */
export function providerFailure({ name, type, originOf }: ProviderSettings, plugin: Plugin | undefined, redact: Redact): FactoryFailure {
  const maker = plugin === undefined ? `provider type "${type}"` : `plugin "${plugin.specifier}"`;
  return (what, thrown) => {
    const words = thrown === undefined ? "" : ` ${redact(wordsOf(thrown))}`;
    return new ConfigException("plugin", `The ${maker} cannot make the provider "${name}": ${what}${words.replace(/\.$/, "")}.`, {
      origin: originOf([]),
      key: dotted(["providers", name]),
      provider: name,
      ...(thrown !== undefined && { cause: redactedCause(thrown, redact) }),
    });
  };
}

/** An error with its words: `TypeError: there is no region`. */
export function wordsOf(thrown: Thrown): string {
  const words = thrown.error instanceof Error ? thrown.error.message.trim() : "";
  return words === "" ? kindOf(thrown) : `${kindOf(thrown)}: ${words}`;
}

/** What was thrown as a cause that may be shown: without keys, and without the secrets that `redact` knows. */
export function redactedCause({ error }: Thrown, redact: Redact): unknown {
  const shown = shownCause(error);
  if (typeof shown === "string") return redact(shown);
  for (let at = shown; at instanceof Error; at = at.cause) {
    at.message = redact(at.message);
    at.stack = redact(at.stack ?? "");
  }
  return shown;
}

function kindOf({ error }: Thrown): string {
  return error instanceof Error ? error.name : `no error, but ${error === null ? "null" : typeof error}`;
}
