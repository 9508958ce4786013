import type { ScriptedAnswer, ScriptedStep } from "@chatport/domain/testing";
import { stall, writeInPieces } from "./body-writer.js";
import { errorAnswer, errorDocument, eventsOf, modelPage, wholeAnswer } from "./gemini-wire.js";
import { type Exchange, type LoopbackServer, startLoopbackServer } from "./loopback-server.js";
import type { ScriptedServerOptions } from "./scripted-openai-server.js";

/** A loopback server that speaks the Gemini API and answers every request with a script. */
export interface ScriptedGeminiServer extends LoopbackServer {
  /** `http://127.0.0.1:port/v1beta`. */
  readonly baseUrl: string;
  /** How many chat requests it has taken. */
  requests(): number;
}

/** Starts a server for `chatProviderContract`, or for an application's own tests. */
export async function startScriptedGeminiServer(
  script: ScriptedAnswer,
  options: ScriptedServerOptions = {},
): Promise<ScriptedGeminiServer> {
  const echo = options.secret === undefined ? "" : ` ${options.secret}`;
  let requests = 0;
  const server = await startLoopbackServer(async (exchange) => {
    exchange.response.setHeader("x-goog-request-id", `scripted${echo.trim()}`);
    const url = new URL(exchange.request.url ?? "/", "http://loopback");
    if (url.pathname.endsWith("/models")) return sendJson(exchange, modelPage(script, url.searchParams.get("pageToken")));
    requests++;
    const streamed = url.pathname.endsWith(":streamGenerateContent") && script.unstreamed !== true;
    await new ScriptedExchange(script, exchange, echo).answer(streamed);
  });
  return { ...server, baseUrl: `${server.origin}/v1beta`, requests: () => requests };
}

const keepAlive = ": keep-alive\n\n";

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
    response
      .writeHead(200, { "content-type": mislabelled === true ? "application/json" : "text/event-stream; charset=utf-8" })
      .flushHeaders();
    for (const step of steps) {
      if (over.aborted) return;
      if (step.type === "close") break;
      if (step.type === "reset") return this.#reset();
      if (step.type === "stall") await stall(response, over, this.#script.keepAlive === true ? keepAlive : undefined);
      if (this.#script.keepAlive === true) await this.#write(keepAlive);
      for (const event of eventsOf(step, this.#script, this.#echo)) await this.#write(event);
    }
    response.end();
  }

  async #whole(): Promise<void> {
    const { response, over } = this.#exchange;
    const { steps, mislabelled } = this.#script;
    if (steps.some(({ type }) => type === "stall")) return stall(response, over, undefined);
    const body = wholeAnswer(this.#script);
    const broken = steps.find(({ type }) => type === "close" || type === "reset");
    response.writeHead(200, { "content-type": mislabelled === true ? "text/event-stream" : "application/json" });
    await this.#write(broken === undefined ? body : body.slice(0, body.length / 2));
    if (broken?.type === "reset") this.#reset();
    else response.end();
  }

  #error(step: Extract<ScriptedStep, { type: "error" }>): void {
    const { status, body } = errorAnswer(step, this.#echo);
    this.#exchange.response.writeHead(status, { "content-type": "application/json" }).end(body);
  }

  #wrongBody({ body, message = "" }: Extract<ScriptedStep, { type: "wrong-body" }>): void {
    const { response } = this.#exchange;
    const words = `${message}${this.#echo}`;
    if (body === "json-error") return sendJson(this.#exchange, errorDocument(words));
    const page = `<!DOCTYPE html><html><head><title>${words}</title></head><body><h1>${words}</h1></body></html>`;
    response.writeHead(200, { "content-type": body === "html" ? "text/html" : "text/event-stream" }).end(body === "html" ? page : "");
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
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
}
