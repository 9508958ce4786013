import type { ServerResponse } from "node:http";
import { setImmediate as turn } from "node:timers/promises";
import type { Usage } from "@chatport/domain";
import type { ScriptedAnswer, ScriptedError, ScriptedStep } from "@chatport/domain/testing";
import { type Exchange, type LoopbackServer, startLoopbackServer } from "@chatport/infrastructure/testing";

/** A loopback server that speaks Echo Wire and answers every request with a script. */
export interface ScriptedEchoWire extends LoopbackServer {
  /** How many requests it has taken. */
  requests(): number;
}

/** @param secret echoed behind every error's message, as a careless server would. */
export async function startEchoWire(script: ScriptedAnswer, secret: string): Promise<ScriptedEchoWire> {
  let requests = 0;
  const server = await startLoopbackServer((exchange) => {
    requests++;
    return answer(script, exchange, secret);
  });
  return { ...server, requests: () => requests };
}

async function answer(script: ScriptedAnswer, exchange: Exchange, secret: string): Promise<void> {
  const { response, request, body, over } = exchange;
  const [first] = script.steps;
  if (first?.type === "no-headers") return stall(response, over, false);
  if (first?.type === "reset") return void request.socket.resetAndDestroy();
  if (first?.type === "error") {
    const wait = first.retryAfterMs === undefined ? {} : { "retry-after-ms": `${first.retryAfterMs}` };
    response.writeHead(errors[first.kind].status, { "content-type": "application/json", ...wait }).end(errorText(first, secret));
    return;
  }
  if (first?.type === "wrong-body") {
    const { body: kind, message = "" } = first;
    const words = `${message} ${secret}`;
    const page = `<!DOCTYPE html><title>${words}</title><h1>${words}</h1>`;
    const text = { html: page, "json-error": JSON.stringify({ error: { message: words, code: "busy" } }), empty: "" }[kind];
    response.writeHead(200, { "content-type": kind === "html" ? "text/html" : "application/json" }).end(text);
    return;
  }
  const { stream }: { readonly stream: boolean } = JSON.parse(body);
  return stream && script.unstreamed !== true ? sendStream(script, exchange, secret) : sendWhole(script, exchange);
}

async function sendStream(script: ScriptedAnswer, { request, response, over }: Exchange, secret: string): Promise<void> {
  const write = (text: string): Promise<void> => writeInPieces(response, text, script.pieceBytes, over);
  response.writeHead(200, { "content-type": script.mislabelled === true ? "text/plain" : "text/event-stream" }).flushHeaders();
  if (!silent.has(script.steps[0]?.type)) await write(event({ model: modelOf(script) }));
  for (const [index, step] of script.steps.entries()) {
    if (over.aborted || step.type === "close") break;
    if (step.type === "reset") return void request.socket.resetAndDestroy();
    if (step.type === "stall") await stall(response, over, script.keepAlive === true);
    if (script.keepAlive === true) await write(": still here\n\n");
    for (const text of eventsOf(step, secret)) await write(text);
    if (step.type === "end" && script.steps[index + 1]?.type !== "error") await write("data: bye\n\n");
  }
  response.end();
}

async function sendWhole(script: ScriptedAnswer, { request, response, over }: Exchange): Promise<void> {
  const { steps } = script;
  if (steps.some(({ type }) => type === "stall")) return stall(response, over, false);
  const said = steps.flatMap((step) => (step.type === "text" ? step.deltas : [])).join("");
  const end = steps.find((step) => step.type === "end");
  const usage = steps.findLast((step) => step.type === "usage")?.usage;
  const why = end?.finishReason === undefined ? {} : { why: whys[end.finishReason] };
  const text = JSON.stringify({ model: modelOf(script), say: said, ...why, ...(usage !== undefined && tally(usage)) });
  const broken = steps.find(({ type }) => type === "close" || type === "reset");
  response.writeHead(200, { "content-type": "application/json" });
  await writeInPieces(response, broken === undefined ? text : text.slice(0, text.length / 2), script.pieceBytes, over);
  if (broken?.type === "reset") request.socket.resetAndDestroy();
  else response.end();
}

function eventsOf(step: ScriptedStep, secret: string): readonly string[] {
  if (step.type === "text") return step.deltas.map((say) => event({ say }));
  if (step.type === "usage") return [event(tally(step.usage))];
  if (step.type === "end") return step.finishReason === undefined ? [] : [event({ why: whys[step.finishReason] })];
  return step.type === "error" ? [`data: ${errorText(step, secret)}\n\n`] : [];
}

const whys = { stop: "done", length: "limit", "content-filter": "filter", "tool-calls": "done" } as const;

const errors = {
  authentication: { status: 401, code: "who-are-you" },
  "rate-limit": { status: 429, code: "slow-down" },
  "invalid-request": { status: 400, code: "say-again" },
  unavailable: { status: 503, code: "busy" },
} as const;

/** Scripts in which not even the greeting comes. */
const silent: ReadonlySet<string | undefined> = new Set(["stall", "close"]);

function errorText({ kind, message }: ScriptedError, secret: string): string {
  return JSON.stringify({ error: { message: `${message} ${secret}`, code: errors[kind].code } });
}

function tally({ inputTokens, outputTokens }: Usage): object {
  return { heard: inputTokens, said: outputTokens };
}

function modelOf({ model = "scripted-model" }: ScriptedAnswer): string {
  return model;
}

function event(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

async function writeInPieces(response: ServerResponse, text: string, pieceBytes: number | undefined, over: AbortSignal): Promise<void> {
  const bytes = Buffer.from(text);
  const size = pieceBytes ?? bytes.length;
  for (let start = 0; start < bytes.length && !over.aborted; start += size) {
    response.write(bytes.subarray(start, start + size));
    await turn();
  }
}

/** Says nothing more until the client leaves; with `keepAlive` a comment every 20 ms. */
async function stall(response: ServerResponse, over: AbortSignal, keepAlive: boolean): Promise<void> {
  const ping = keepAlive ? setInterval(() => response.write(": still here\n\n"), 20) : undefined;
  await new Promise((resolve) => over.addEventListener("abort", resolve, { once: true }));
  clearInterval(ping);
}
