import { ConfigException } from "./config-exception.js";
import { nearestName } from "../names/nearest-name.js";
import type { Origin } from "./origin.js";

/** A name that no provider has was chosen. */
export function unknownProvider(wanted: string, known: readonly string[], origin: Origin): ConfigException {
  const names = [...new Set(known)];
  const nearest = nearestName(wanted, names);
  const there = isLong(names) ? `"chatport providers" lists the configured ones` : `there is ${names.join(", ")}`;
  const details = { origin, key: "provider", expected: expectedOf(names), ...(nearest === undefined ? {} : { nearest }) };
  return new ConfigException("unknown-provider", `There is no provider "${wanted}"; ${there}.`, details);
}

/** Several providers are configured, and nothing says which one answers: to guess would send a prompt to the wrong company. */
export function noChoice(configured: readonly string[], origin: Origin): ConfigException {
  const listed = isLong(configured) ? `${configured.length}, which "chatport providers" lists` : configured.join(", ");
  const sentence = `Several providers are configured (${listed}) and none is chosen: add provider = "${configured[0]}" at the top, set CHATPORT_PROVIDER, or use --provider.`;
  return new ConfigException("missing-value", sentence, { origin, key: "provider", expected: expectedOf(configured) });
}

/** Whether an error is about which provider answers, and not about what a provider is. */
export function isWrongChoice({ code, key }: ConfigException): boolean {
  return key === "provider" && (code === "unknown-provider" || code === "missing-value");
}

function expectedOf(names: readonly string[]): string {
  return isLong(names) ? "the name of a provider" : `one of ${names.join(", ")}`;
}

/** More names than one reads in a sentence. */
function isLong(names: readonly string[]): boolean {
  return names.length > 10;
}
