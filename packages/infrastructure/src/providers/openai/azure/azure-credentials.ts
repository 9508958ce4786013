import { AuthenticationException, isChatException, Secret } from "@chatport/domain";
import { putKey } from "../../../http/http-client.js";
import { printable } from "../../../http/printable.js";
import { createRedactor, type Redact } from "../../../http/redaction.js";
import { safeCause, transportErrors } from "../../../http/transport-error.js";

/** A token of Microsoft Entra ID, or what gives a fresh one: called before every request, as tokens end within the hour. */
export type AzureToken = Secret | string | (() => string | Promise<string>);

/** What may stand for a key, of which one is needed. */
export interface AzureCredentialsConfig {
  readonly apiKey?: Secret | string;
  readonly token?: AzureToken;
}

/** How requests prove who makes them. */
export interface AzureCredentials {
  /** What is known beforehand of what must not be shown. */
  readonly secret?: Secret;
  readonly authorize: (headers: Headers) => void | Promise<void>;
  /** Takes the tokens that a function has given out of a text. */
  readonly redact?: Redact;
}

/**
 * The key goes as `api-key`, a token of Microsoft Entra ID as `Authorization: Bearer`
 * (https://learn.microsoft.com/azure/ai-foundry/openai/reference#authentication). A header that was configured by hand goes before both.
 *
 * @throws {TypeError} when there are both, or neither.
 */
export function azureCredentials({ apiKey, token }: AzureCredentialsConfig, provider: string): AzureCredentials {
  if (apiKey !== undefined && token !== undefined) throw new TypeError(bothCredentials);
  if (typeof token === "function") return freshTokens(token, provider);
  const [header, scheme, given] = token === undefined ? (["api-key", "", apiKey] as const) : (["authorization", "Bearer ", token] as const);
  if (given === undefined) throw new TypeError(noCredentials);
  const secret = typeof given === "string" ? new Secret(given) : given;
  return { secret, authorize: (headers) => putKey(headers, header, secret, provider, scheme) };
}

export const bothCredentials = "Set apiKey or token, not both: Azure takes one of them.";
export const noCredentials = "Set apiKey, the resource's key, or token, a token of Microsoft Entra ID.";

/** How many of the last tokens are kept for redaction: requests under way may have different ones. */
const mostTokens = 32;

function freshTokens(give: () => string | Promise<string>, provider: string): AzureCredentials {
  let tokens: readonly string[] = [];
  let redactor: Redact | undefined;
  const redact: Redact = (text) => (redactor ??= createRedactor(tokens.map((token) => new Secret(token))))(text);
  return {
    redact,
    authorize: async (headers) => {
      const token = await tokenOf(give, provider, redact);
      if (!tokens.includes(token)) {
        tokens = [...tokens, token].slice(-mostTokens);
        redactor = undefined;
      }
      putKey(headers, "authorization", new Secret(token), provider, "Bearer ");
    },
  };
}

/** @throws {AuthenticationException} in place of what the function throws, and when it gives none. */
async function tokenOf(give: () => string | Promise<string>, provider: string, redact: Redact): Promise<string> {
  try {
    const token: unknown = await give();
    // Callers without types may have a credential that is null.
    if (typeof token === "string") return token;
    throw new AuthenticationException("authentication", "The function that gives the token gave none.", { provider });
  } catch (error) {
    if (isChatException(error)) throw error;
    const cause = safeCause(transportErrors(error, redact));
    const words = error instanceof Error ? `: ${printable(error.message, longestWords, redact)}` : ".";
    throw new AuthenticationException("authentication", `The function that gives the token failed${words}`, {
      provider,
      ...(cause !== undefined && { cause }),
    });
  }
}

const longestWords = 300;
