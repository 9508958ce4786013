import type { ChatException, ChatExceptionCode } from "@chatport/domain";
import type { SettingPlace } from "./answerer.js";

/** What a person can do about a failure, as a sentence; empty where the message says it already. */
export function advice(exception: ChatException, placeOf: SettingPlace): string {
  const { code, provider, partial, retryAfterMs, retryable, status } = exception;
  // What had begun well needs no other address and no other time.
  if (partial !== undefined && partial.content.length > 0 && breaksOff.has(code)) return "The answer above is not whole; ask again.";
  switch (code) {
    case "authentication":
      return `Check the key${at(placeOf(provider, "key"), "apiKey in the configuration, or an environment variable")}.`;
    case "permission":
      return "The key is valid but may not do this: check its project, or choose another model with --model.";
    case "rate-limit":
      return retryAfterMs === undefined ? "Try again later." : `Try again in ${Math.ceil(retryAfterMs / 1000)} s.`;
    case "quota":
      return "Check the plan and billing of the account behind the key.";
    case "network":
      return `Check the connection${baseUrl(provider, placeOf, " and ")}.`;
    case "timeout":
      return "Try again later.";
    case "unavailable":
      // No server said so, and waiting does not help: what the provider needs on this machine is not as it should be, such as a tape's file.
      return retryable || status !== undefined ? "Try again later." : `Check the provider's settings${at(placeOf(provider, "key"))}.`;
    case "truncated":
      return "Ask again.";
    case "malformed":
      // Only words of a server are a sign of a wrong address; an answer that is too large, or a tape that is none, has no excerpt.
      return "excerpt" in exception ? baseUrl(provider, placeOf, "Check that ", " is that of a chat API.") : "";
    case "context-overflow":
      return "Shorten the prompt, or choose a model with a larger context with --model.";
    case "not-found":
      return otherModel(exception, placeOf);
    case "content-filter":
      return "Rephrase the prompt.";
    case "unsupported":
      return "Choose another provider with --provider.";
    case "invalid-request":
      return "";
  }
}

function otherModel({ provider, message, status, providerCode }: ChatException, placeOf: SettingPlace): string {
  // Our own messages (of a router, of a tape, of a server that was named without a model) say what to do. So do Azure's: its list has no deployments.
  if (status === undefined || message.includes("--model") || providerCode === "DeploymentNotFound") return "";
  const list = isConfigured(provider, placeOf) ? ` ("chatport models -p ${word(provider)}" lists them)` : "";
  return `Choose another model with --model${list}${baseUrl(provider, placeOf, ", or check ")}.`;
}

/** The address between these words, as something to check; nothing where it is the vendor's own. */
function baseUrl(provider: string, placeOf: SettingPlace, before: string, after = ""): string {
  const place = placeOf(provider, "address");
  return place === undefined && isConfigured(provider, placeOf) ? "" : `${before}the base URL${at(place)}${after}`;
}

function isConfigured(provider: string, placeOf: SettingPlace): boolean {
  return placeOf(provider, "key") !== undefined;
}

function at(place: string | undefined, otherwise?: string): string {
  const told = place ?? otherwise;
  return told === undefined ? "" : ` (${told})`;
}

/** A name as a shell takes it for one word. */
function word(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}

/** The codes of an answer that breaks off, when it had begun. */
const breaksOff: ReadonlySet<ChatExceptionCode> = new Set(["network", "timeout", "truncated", "malformed", "unavailable"]);
