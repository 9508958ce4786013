import type { ScriptedAnswer } from "@chatport/domain/testing";
import { done, errorAnswer, eventsOf, modelList, wholeAnswer } from "./openai-wire.js";
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
    let calls = 0;
    return (step, next) => {
      const events = eventsOf(step, script, calls, echo);
      if (step.type === "tool-call") calls++;
      return step.type === "end" && next?.type !== "error" ? [...events, done] : events;
    };
  },
  whole: (script) => JSON.stringify(wholeAnswer(script)),
  error: errorAnswer,
  errorDocument: (message) => ({ error: { message, type: "server_error", code: null } }),
};

/** Starts a scripted server that speaks OpenAI's Chat Completions. Its base URL is `http://127.0.0.1:port/v1`. */
export function startScriptedOpenAIServer(script: ScriptedAnswer, options?: ScriptedServerOptions): Promise<ScriptedServer> {
  return startScriptedServer(wire, script, options);
}
