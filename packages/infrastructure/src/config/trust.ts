import { ConfigException } from "./config-exception.js";
import type { ConfigLayer } from "./config-layer.js";
import { isTable } from "./config-table.js";
import { dotted } from "./dotted.js";
import { nearestName } from "../names/nearest-name.js";
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
