import type { ScriptedAnswer } from "@chatport/domain/testing";
import { errorAnswer, eventsOf, isBlock, messageStart, messageStop, modelList, ping, wholeMessage } from "./anthropic-wire.js";
import { type ScriptedServer, type ScriptedServerOptions, type ScriptedWire, startScriptedServer } from "./scripted-server.js";
import { streamFieldOf } from "./stream-field.js";

const wire: ScriptedWire = {
  basePath: "",
  requestIdHeader: "request-id",
  types: { stream: "text/event-stream; charset=utf-8", json: "application/json" },
  keepAlive: ping,
  other: (url, script) => (url.pathname.startsWith("/v1/models") ? modelList(script) : undefined),
  asksForStream: ({ body }) => streamFieldOf(body) === true,
  encoder: (script, echo) => {
    let blocks = 0;
    let start = [messageStart(script)];
    return (step, next) => {
      const events = [...start, ...eventsOf(step, blocks, echo)];
      start = [];
      if (isBlock(step)) blocks++;
      return step.type === "end" && next?.type !== "error" ? [...events, messageStop] : events;
    };
  },
  whole: (script) => JSON.stringify(wholeMessage(script)),
  error: errorAnswer,
  errorDocument: (message) => ({ type: "error", error: { type: "api_error", message } }),
};

/** Starts a scripted server that speaks Anthropic's Messages API. Its base URL is `http://127.0.0.1:port`. The API has no refusals: a script's are left out. */
export function startScriptedAnthropicServer(script: ScriptedAnswer, options?: ScriptedServerOptions): Promise<ScriptedServer> {
  return startScriptedServer(wire, script, options);
}
