import { ConfigException } from "./config-exception.js";
import type { ConfigLayer } from "./config-layer.js";
import { isTable } from "./config-table.js";
import { dotted } from "./dotted.js";
import { nearestName } from "../names/nearest-name.js";
import type { Origin } from "./origin.js";
import type { TrustState } from "./trust-store.js";

/**
 * What any project's file may set in the table of a provider that the user has configured: which model, and parameters. None of them sends anything to another
 * place, names a key, or runs anything.
 */
const parameters: readonly string[] = ["model", "deadlines", "retry", "limits", "maxOutputTokens"];

/** The same for a plug-in's table: a request's own parameters, by their names in the port. No table of a built-in type has them, as its schema says then. */
const pluginParameters: ReadonlySet<string> = new Set(["temperature", "topP", "stopSequences", "seed", "reasoning"]);

/**
 * A project's file may be somebody else's. Until the user trusts its content it chooses among what the user has configured, and no more; what is no setting at
 * all is left to the schema, which knows better words for it.
 *
 * @throws {ConfigException} `untrusted`, naming the first setting that needs trust.
 */
export function refuseUntrusted({ values, originOf }: ConfigLayer, state: Exclude<TrustState, "trusted">): void {
  const path = firstUntrusted(values);
  if (path === undefined) return;
  const key = dotted(path);
  const why = state === "changed" ? "the file has changed since you trusted it" : "you have not trusted the file";
  const nearest = path.length === 3 ? nearestName(path[2] ?? "", parameters) : undefined;
  const sentence = `"${key}" is refused, as ${why}: read it, and if it may decide where prompts and keys go, run "chatport config trust".`;
  throw new ConfigException("untrusted", sentence, { origin: originOf(path), key, ...(nearest === undefined ? {} : { nearest }) });
}

/**
 * A table whose provider the user does not have would define one.
 *
 * @param known the names of the providers that the user has.
 * @throws {ConfigException} `untrusted`, naming the first such table.
 */
export function refuseStrangers({ values, originOf }: ConfigLayer, known: readonly string[]): void {
  const { providers } = values;
  const name = isTable(providers) ? Object.keys(providers).find((own) => isTable(providers[own]) && !known.includes(own)) : undefined;
  if (name === undefined) return;
  const path = ["providers", name];
  const nearest = nearestName(name, known);
  const sentence = `You have no provider "${name}", and a file that you have not trusted only chooses a model and parameters of those that you have: to use this one, write a table [${dotted(path)}] with its type into your own file.`;
  throw new ConfigException("untrusted", sentence, {
    origin: originOf(path),
    key: dotted(path),
    ...(nearest === undefined ? {} : { nearest }),
  });
}

/** A project's file that is not trusted chose a provider that is none of the user's. */
export function untrustedChoice(wanted: string, configured: readonly string[], origin: Origin): ConfigException {
  const nearest = nearestName(wanted, configured);
  const sentence = `The choice of "${wanted}" is refused, as you have not trusted the file and have configured no provider "${wanted}": read it, and if it may decide where prompts go, run "chatport config trust".`;
  return new ConfigException("untrusted", sentence, { origin, key: "provider", ...(nearest === undefined ? {} : { nearest }) });
}

/** Whether a project's file may set this only when it is trusted. */
export function needsTrust([top, , setting]: readonly string[]): boolean {
  return (
    top === "plugins" || (top === "providers" && setting !== undefined && !parameters.includes(setting) && !pluginParameters.has(setting))
  );
}

function firstUntrusted(values: ConfigLayer["values"]): readonly string[] | undefined {
  if (Object.hasOwn(values, "plugins")) return ["plugins"];
  const { providers } = values;
  if (!isTable(providers)) return undefined;
  return Object.entries(providers)
    .flatMap(([name, provider]) => (isTable(provider) ? Object.keys(provider).map((key) => ["providers", name, key]) : []))
    .find(needsTrust);
}
