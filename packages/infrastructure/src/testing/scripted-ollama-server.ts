import type { ScriptedAnswer } from "@chatport/domain/testing";
import { linesOf, modelTags, ollamaErrorAnswer, wholeOllamaAnswer } from "./ollama-wire.js";
import { type ScriptedServer, type ScriptedServerOptions, type ScriptedWire, startScriptedServer } from "./scripted-server.js";
import { streamFieldOf } from "./stream-field.js";

const wire: ScriptedWire = {
  basePath: "",
  requestIdHeader: "x-request-id",
  types: { stream: "application/x-ndjson", json: "application/json; charset=utf-8" },
  // Ollama has no keep-alive; a blank line is one that readers of JSON lines pass over.
  keepAlive: "\n",
  other: (url, script) => {
    if (url.pathname === "/api/version") return { version: "0.0.0-scripted" };
    return url.pathname === "/api/tags" ? modelTags(script) : undefined;
  },
  // Ollama streams unless it is told not to.
  asksForStream: ({ body }) => streamFieldOf(body) !== false,
  encoder: (script, echo) => (step) => linesOf(step, script, echo),
  whole: wholeOllamaAnswer,
  error: ollamaErrorAnswer,
  errorDocument: (message) => ({ error: message }),
};

/** Starts a scripted server that speaks Ollama's own API. Its base URL is `http://127.0.0.1:port`. The API has no refusals: a script's are left out. */
export function startScriptedOllamaServer(script: ScriptedAnswer, options?: ScriptedServerOptions): Promise<ScriptedServer> {
  return startScriptedServer(wire, script, options);
}
