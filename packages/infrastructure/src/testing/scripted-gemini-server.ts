import type { ScriptedAnswer } from "@chatport/domain/testing";
import { errorAnswer, errorDocument, eventsOf, modelPage, wholeAnswer } from "./gemini-wire.js";
import { type ScriptedServer, type ScriptedServerOptions, type ScriptedWire, startScriptedServer } from "./scripted-server.js";

const wire: ScriptedWire = {
  basePath: "/v1beta",
  requestIdHeader: "x-goog-request-id",
  types: { stream: "text/event-stream; charset=utf-8", json: "application/json" },
  keepAlive: ": keep-alive\n\n",
  other: (url, script) => (url.pathname.endsWith("/models") ? modelPage(script, url.searchParams.get("pageToken")) : undefined),
  asksForStream: (_exchange, url) => url.pathname.endsWith(":streamGenerateContent"),
  encoder: (script, echo) => (step) => eventsOf(step, script, echo),
  whole: wholeAnswer,
  error: errorAnswer,
  errorDocument,
};

/** Starts a scripted server that speaks the Gemini API. Its base URL is `http://127.0.0.1:port/v1beta`. The API has no refusals: a script's are left out. */
export function startScriptedGeminiServer(script: ScriptedAnswer, options?: ScriptedServerOptions): Promise<ScriptedServer> {
  return startScriptedServer(wire, script, options);
}
