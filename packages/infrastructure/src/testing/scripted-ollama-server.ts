import type { ScriptedAnswer, ScriptedStep } from "@chatport/domain/testing";
import { isJsonObject, parseJson } from "../http/json.js";
import { stall, writeInPieces } from "./body-writer.js";
import { type Exchange, type LoopbackServer, startLoopbackServer } from "./loopback-server.js";
import { linesOf, modelTags, ollamaErrorAnswer, wholeOllamaAnswer } from "./ollama-wire.js";

/** A loopback server that speaks Ollama's own API and answers every request with a script. Its base URL is its `origin`. */
export interface ScriptedOllamaServer extends LoopbackServer {
  /** How many chat requests it has taken. */
  requests(): number;
}

export interface ScriptedOllamaOptions {
  /** Echoed behind every error's message, as a careless server would. */
  readonly secret?: string;
}

/** Starts a server for `chatProviderContract`, or for an application's own tests. */
export async function startScriptedOllamaServer(
  script: ScriptedAnswer,
  options: ScriptedOllamaOptions = {},
): Promise<ScriptedOllamaServer> {
  const echo = options.secret === undefined ? "" : ` ${options.secret}`;
  let requests = 0;
  const server = await startLoopbackServer(async (exchange) => {
    const { url } = exchange.request;
    if (url === "/api/tags") return sendJson(exchange, modelTags(script));
    if (url === "/api/version") return sendJson(exchange, { version: "0.0.0-scripted" });
    requests++;
    const body = parseJson(exchange.body);
    // Ollama streams unless it is told not to.
    const streamed = isJsonObject(body) && body["stream"] !== false && script.unstreamed !== true;
    await new ScriptedExchange(script, exchange, echo).answer(streamed);
  });
  return { ...server, requests: () => requests };
}

/** Ollama has no keep-alive; a blank line is one that readers of JSON lines pass over. */
const keepAlive = "\n";

class ScriptedExchange {
  readonly #script: ScriptedAnswer;
  readonly #exchange: Exchange;
  readonly #echo: string;

  constructor(script: ScriptedAnswer, exchange: Exchange, echo: string) {
    this.#script = script;
    this.#exchange = exchange;
    this.#echo = echo;
  }

  async answer(streamed: boolean): Promise<void> {
    const [first] = this.#script.steps;
    if (first?.type === "error") return this.#error(first);
    if (first?.type === "wrong-body") return this.#wrongBody(first);
    if (first?.type === "no-headers") return stall(this.#exchange.response, this.#exchange.over, undefined);
    if (first?.type === "reset") return this.#reset();
    return streamed ? this.#stream() : this.#whole();
  }

  async #stream(): Promise<void> {
    const { response, over } = this.#exchange;
    const { steps, mislabelled } = this.#script;
    response.writeHead(200, { "content-type": mislabelled === true ? "text/event-stream" : "application/x-ndjson" }).flushHeaders();
    for (const step of steps) {
      if (over.aborted) return;
      if (step.type === "close") break;
      if (step.type === "reset") return this.#reset();
      if (step.type === "stall") await stall(response, over, this.#script.keepAlive === true ? keepAlive : undefined);
      if (this.#script.keepAlive === true) await this.#write(keepAlive);
      for (const line of linesOf(step, this.#script, this.#echo)) await this.#write(line);
    }
    response.end();
  }

  async #whole(): Promise<void> {
    const { response, over } = this.#exchange;
    const { steps, mislabelled } = this.#script;
    if (steps.some(({ type }) => type === "stall")) return stall(response, over, undefined);
    const body = wholeOllamaAnswer(this.#script);
    const broken = steps.find(({ type }) => type === "close" || type === "reset");
    response.writeHead(200, { "content-type": mislabelled === true ? "text/event-stream" : "application/json; charset=utf-8" });
    await this.#write(broken === undefined ? body : body.slice(0, body.length / 2));
    if (broken?.type === "reset") this.#reset();
    else response.end();
  }

  #error(step: Extract<ScriptedStep, { type: "error" }>): void {
    const { status, headers, body } = ollamaErrorAnswer(step, this.#echo);
    this.#exchange.response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers }).end(body);
  }

  #wrongBody({ body, message = "" }: Extract<ScriptedStep, { type: "wrong-body" }>): void {
    const { response } = this.#exchange;
    const words = `${message}${this.#echo}`;
    if (body === "json-error") return sendJson(this.#exchange, { error: words });
    const page = `<!DOCTYPE html><html><head><title>${words}</title></head><body><h1>${words}</h1></body></html>`;
    response.writeHead(200, { "content-type": body === "html" ? "text/html" : "application/x-ndjson" }).end(body === "html" ? page : "");
  }

  #reset(): void {
    this.#exchange.request.socket.resetAndDestroy();
  }

  #write(text: string): Promise<void> {
    const { response, over } = this.#exchange;
    return writeInPieces(response, text, this.#script.pieceBytes, over);
  }
}

function sendJson({ response }: Exchange, value: object): void {
  response.writeHead(200, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(value));
}
