import { isConfigException } from "./config-exception.js";
import { originIn } from "./config-layer.js";
import { type KnownSurroundings, setting } from "./config-locations.js";
import { foundProvider, implicitNames, type ImplicitProvider, implicitProviders } from "./implicit-provider.js";
import { findLocalServer, type LocalProbe } from "./local-servers.js";
import type { Origin } from "./origin.js";
import { untrustedChoice } from "./trust.js";
import type { Settings, WrittenSettings } from "./written-settings.js";
import { isWrongChoice, noChoice, noServer, unknownProvider } from "./wrong-choice.js";

/** The provider that answers, and who chose it. */
export interface Choice {
  readonly name: string;
  readonly origin: Origin;
  /** Set when the provider exists without a table. */
  readonly implicit?: ImplicitProvider;
}

/** What a provider can come from, besides files. */
export interface Sources extends Pick<KnownSurroundings, "env"> {
  /** The model servers that may be looked for on this machine. */
  readonly probes: readonly LocalProbe[];
}

/** The providers that a model may be qualified with: the configured ones; without any, those that exist by themselves. */
export function namesIn({ settings }: WrittenSettings, sources: Sources): readonly string[] {
  const configured = namesOf(settings);
  return configured.length > 0 ? configured : [...implicitNames(sources.env), ...reachable(configured, sources).map(({ name }) => name)];
}

/**
 * The provider that the settings choose; without a choice the only one that is configured, the first that exists by its key, a server of this machine, or the guide.
 *
 * @throws {ConfigException} `unknown-provider` for a name that there is not, or a server that does not answer; `missing-value` when several are configured and none is chosen.
 */
export async function chooseProvider({ settings, layers }: WrittenSettings, sources: Sources): Promise<Choice> {
  const configured = namesOf(settings);
  if (settings.provider !== undefined) return await named(settings.provider, originIn(layers, ["provider"]), configured, sources);
  const [only, ...others] = configured;
  if (only !== undefined && others.length > 0) throw noChoice(configured, originIn(layers, ["providers"]));
  if (only !== undefined) return { name: only, origin: originIn(layers, ["providers", only]) };
  const [first] = implicitProviders(sources.env);
  const probes = reachable(configured, sources);
  const server = probes.length === 0 ? undefined : await findLocalServer(probes);
  return choiceOf(server === undefined ? first : foundProvider(server));
}

/**
 * The provider that a project's file chooses which the user has not trusted: one of the user's own, the guide, or the one that would answer without that file. A key
 * that lies in the environment for another program is not for somebody else to use.
 *
 * @param own what the user stands behind.
 * @throws {ConfigException} `untrusted` for any other.
 */
export async function chooseUntrusted(
  { name: wanted, origin }: Pick<Choice, "name" | "origin">,
  own: WrittenSettings,
  sources: Sources,
): Promise<Choice> {
  const configured = namesOf(own.settings);
  if (configured.includes(wanted) || wanted === "guide") return await named(wanted, origin, configured, sources);
  const usual = await usualChoice(own, sources);
  if (usual?.name === wanted) return { ...usual, origin };
  throw untrustedChoice(wanted, configured, origin);
}

/** Who answers without the file; undefined where that is an error, which the file's own choice stands above. */
async function usualChoice(own: WrittenSettings, sources: Sources): Promise<Choice | undefined> {
  try {
    return await chooseProvider(own, sources);
  } catch (error) {
    if (isConfigException(error) && isWrongChoice(error)) return undefined;
    throw error;
  }
}

async function named(wanted: string, origin: Origin, configured: readonly string[], sources: Sources): Promise<Choice> {
  if (configured.includes(wanted)) return { name: wanted, origin };
  const known = implicitProviders(sources.env);
  const implicit = known.find(({ name }) => name === wanted);
  if (implicit !== undefined) return { name: wanted, origin, implicit };
  const probes = reachable(configured, sources);
  const probe = probes.find(({ name }) => name === wanted);
  if (probe === undefined) {
    const isServer = sources.probes.some(({ name }) => name === wanted);
    throw unknownProvider(wanted, [...configured, ...[...known, ...probes].map(({ name }) => name)], origin, isServer);
  }
  const server = await findLocalServer([probe]);
  if (server === undefined) throw noServer(probe, origin);
  return { name: wanted, origin, implicit: foundProvider(server) };
}

/** Servers are looked for when nothing is configured, and no key is set. */
function reachable(configured: readonly string[], { env, probes }: Sources): readonly LocalProbe[] {
  const [{ origin }] = implicitProviders(env);
  return configured.length === 0 && origin.kind === "default" && setting(env, "CHATPORT_PROBE") !== "off" ? probes : [];
}

function choiceOf(implicit: ImplicitProvider): Choice {
  return { name: implicit.name, origin: implicit.origin, implicit };
}

function namesOf({ providers = {} }: Settings): readonly string[] {
  return Object.keys(providers);
}
