import { ConfigException } from "./config-exception.js";
import { type LocalProbe, probeMs } from "./local-servers.js";
import { nearestName } from "../names/nearest-name.js";
import type { Origin } from "./origin.js";

/** A name that no provider has was chosen; `isServer`: it is that of a kind of model server, which are not looked for now. */
export function unknownProvider(wanted: string, known: readonly string[], origin: Origin, isServer = false): ConfigException {
  const names = [...new Set(known)];
  const nearest = nearestName(wanted, names);
  const there = isLong(names) ? `"chatport providers" lists the configured ones` : `there is ${names.join(", ")}`;
  const details = { origin, key: "provider", expected: expectedOf(names), ...(nearest === undefined ? {} : { nearest }) };
  const advice = isServer ? ` ${serverAdvice(wanted)}` : "";
  return new ConfigException("unknown-provider", `There is no provider "${wanted}"; ${there}.${advice}`, details);
}

/** A model server of this machine was chosen that does not answer. */
export function noServer({ name, title = name, url }: LocalProbe, origin: Origin): ConfigException {
  const sentence = `No ${title} answers at ${url} within ${probeMs} ms, or it has no model to chat with.`;
  return new ConfigException("unknown-provider", sentence, { origin, key: "provider" });
}

function serverAdvice(name: string): string {
  return `A model server of this machine is looked for only while no provider is configured, no key is set, and CHATPORT_PROBE is not off: give it a table, [providers.${name}].`;
}

/** Several providers are configured, and nothing says which one answers: to guess would send a prompt to the wrong company. */
export function noChoice(configured: readonly string[], origin: Origin): ConfigException {
  const listed = isLong(configured) ? `${configured.length}, which "chatport providers" lists` : configured.join(", ");
  const sentence = `Several providers are configured (${listed}) and none is chosen: add provider = "${configured[0]}" at the top, set CHATPORT_PROVIDER, or use --provider.`;
  return new ConfigException("missing-value", sentence, { origin, key: "provider", expected: expectedOf(configured) });
}

/** Whether an error is about which provider answers, or who may choose it, and not about what a provider is. */
export function isWrongChoice({ code, key }: ConfigException): boolean {
  return key === "provider" && (code === "unknown-provider" || code === "missing-value" || code === "untrusted");
}

function expectedOf(names: readonly string[]): string {
  return isLong(names) ? "the name of a provider" : `one of ${names.join(", ")}`;
}

/** More names than one reads in a sentence. */
function isLong(names: readonly string[]): boolean {
  return names.length > 10;
}
