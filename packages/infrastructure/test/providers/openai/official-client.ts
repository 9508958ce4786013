import OpenAI from "openai";
import { canary } from "../../support/openai-server.js";
import { sentRequests } from "../../support/sent-requests.js";
import type { ServedProvider } from "../../support/served-provider.js";

/** OpenAI's own npm client (7.x) with the key of the served provider, at the same server. */
export function officialClientOf({ server }: ServedProvider): OpenAI {
  return new OpenAI({ apiKey: canary, baseURL: `${server.origin}/v1`, maxRetries: 0 });
}

/** What the server was sent, with the headers that OpenAI's API knows. */
export function sentTo({ exchanges }: ServedProvider): ReturnType<typeof sentRequests> {
  return sentRequests(exchanges, ["content-type", "authorization"]);
}
