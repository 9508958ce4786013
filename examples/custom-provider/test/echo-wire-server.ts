import type { Usage } from "@chatport/domain";
import type { ScriptedAnswer, ScriptedError, ScriptedStep } from "@chatport/domain/testing";
import { type ScriptedServer, type ScriptedServerOptions, type ScriptedWire, startScriptedServer } from "@chatport/infrastructure/testing";

const wire: ScriptedWire = {
  basePath: "",
  requestIdHeader: "x-request-id",
  types: { stream: "text/event-stream", json: "application/json" },
  keepAlive: ": still here\n\n",
  other: () => undefined,
  asksForStream: ({ body }) => JSON.parse(body).stream === true,
  encoder: ({ model }, echo) => {
    let greeting = [event({ model })];
    return (step, next) => {
      const events = [...greeting, ...eventsOf(step, echo)];
      greeting = [];
      return step.type === "end" && next?.type !== "error" ? [...events, "data: bye\n\n"] : events;
    };
  },
  whole: wholeAnswer,
  error: (step, echo) => ({
    status: statuses[step.kind],
    headers: step.retryAfterMs === undefined ? {} : { "retry-after-ms": String(step.retryAfterMs) },
    body: JSON.stringify(errorOf(step, echo)),
  }),
  errorDocument: (message) => ({ error: { message, status: 503 } }),
};

/** Starts a loopback server that speaks Echo Wire and answers every request with a script. */
export function startScriptedEchoWire(script: ScriptedAnswer, options?: ScriptedServerOptions): Promise<ScriptedServer> {
  return startScriptedServer(wire, { model: "scripted-model", ...script }, options);
}

function eventsOf(step: ScriptedStep, echo: string): readonly string[] {
  if (step.type === "text") return step.deltas.map((say) => event({ say }));
  if (step.type === "usage") return [event(tally(step.usage))];
  if (step.type === "end") return step.finishReason === undefined ? [] : [event({ why: whys[step.finishReason] })];
  return step.type === "error" ? [event(errorOf(step, echo))] : [];
}

function wholeAnswer({ model, steps }: ScriptedAnswer): string {
  const say = steps.flatMap((step) => (step.type === "text" ? step.deltas : [])).join("");
  const end = steps.find((step) => step.type === "end");
  const usage = steps.findLast((step) => step.type === "usage")?.usage;
  const why = end?.finishReason === undefined ? {} : { why: whys[end.finishReason] };
  return JSON.stringify({ model, say, ...why, ...(usage !== undefined && tally(usage)) });
}

const whys = { stop: "done", length: "limit", "content-filter": "filter", "tool-calls": "done" } as const;

const statuses = { authentication: 401, "rate-limit": 429, "invalid-request": 400, unavailable: 503 } as const;

function errorOf({ kind, message }: ScriptedError, echo: string): object {
  return { error: { message: `${message}${echo}`, status: statuses[kind] } };
}

function tally({ inputTokens, outputTokens }: Usage): object {
  return { heard: inputTokens, said: outputTokens };
}

function event(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}
