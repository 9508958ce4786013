import type { ScriptedAnswer } from "@chatport/domain/testing";
import { errorAnswer, ResponsesEncoder, wholeResponse } from "./openai-responses-wire.js";
import { modelList } from "./openai-wire.js";
import { type ScriptedServer, type ScriptedServerOptions, type ScriptedWire, startScriptedServer } from "./scripted-server.js";
import { streamFieldOf } from "./stream-field.js";

const wire: ScriptedWire = {
  basePath: "/v1",
  requestIdHeader: "x-request-id",
  types: { stream: "text/event-stream; charset=utf-8", json: "application/json" },
  keepAlive: ": keep-alive\n\n",
  other: (url, script) => (url.pathname.endsWith("/models") ? modelList(script) : undefined),
  asksForStream: ({ body }) => streamFieldOf(body) === true,
  encoder: (script, echo) => {
    const encoder = new ResponsesEncoder(script, echo);
    return (step, next) => encoder.encode(step, next);
  },
  whole: (script) => JSON.stringify(wholeResponse(script)),
  error: errorAnswer,
  errorDocument: (message) => ({ error: { message, type: "server_error", param: null, code: null } }),
};

/** Starts a scripted server that speaks OpenAI's Responses API. Its base URL is `http://127.0.0.1:port/v1`. */
export function startScriptedOpenAIResponsesServer(script: ScriptedAnswer, options?: ScriptedServerOptions): Promise<ScriptedServer> {
  return startScriptedServer(wire, script, options);
}
