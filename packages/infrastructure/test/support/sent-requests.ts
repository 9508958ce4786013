import type { Exchange } from "../../src/testing/index.js";

/** What of a request matters to its server. */
export interface SentRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  /** Those of the asked headers, in their order; `undefined` for one that was not sent. */
  readonly headers: readonly unknown[];
  /** The meaning of the body, which is JSON. */
  readonly body: unknown;
}

/** What a server was sent, in order: two clients that say the same there say the same to the API. */
export function sentRequests(exchanges: readonly Exchange[], headers: readonly string[]): readonly SentRequest[] {
  return exchanges.map(({ request, body }) => ({
    method: request.method,
    url: request.url,
    headers: headers.map((name) => request.headers[name]),
    body: JSON.parse(body),
  }));
}
