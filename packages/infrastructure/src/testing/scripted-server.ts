import type { ScriptedAnswer } from "@chatport/domain/testing";
import { type LoopbackServer, startLoopbackServer } from "./loopback-server.js";
import { ScriptedExchange } from "./scripted-exchange.js";
import type { ScriptedWire } from "./scripted-wire.js";

export type { ScriptedWire } from "./scripted-wire.js";

/** A loopback server that speaks one API and answers every chat request with a script. */
export interface ScriptedServer extends LoopbackServer {
  /** The API's base URL on this server. */
  readonly baseUrl: string;
  /** How many chat requests it has taken. */
  requests(): number;
}

export interface ScriptedServerOptions {
  /** Echoed behind every error's message and in every request id, as a careless server would. */
  readonly secret?: string;
}

/** Starts a server for `chatProviderContract`, or for an application's own tests. */
export async function startScriptedServer(
  wire: ScriptedWire,
  script: ScriptedAnswer,
  { secret }: ScriptedServerOptions = {},
): Promise<ScriptedServer> {
  const echo = secret === undefined ? "" : ` ${secret}`;
  let requests = 0;
  const server = await startLoopbackServer(async (exchange) => {
    const url = new URL(exchange.request.url ?? "/", "http://loopback");
    const scripted = new ScriptedExchange(wire, script, exchange, echo);
    exchange.response.setHeader(wire.requestIdHeader, `req_scripted${echo.trim()}`);
    const other = wire.other(url, script);
    if (other !== undefined) return scripted.answerAside(other);
    requests++;
    await scripted.answer(script.unstreamed !== true && wire.asksForStream(exchange, url));
  });
  return { ...server, baseUrl: `${server.origin}${wire.basePath}`, requests: () => requests };
}
