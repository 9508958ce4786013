import type { ScriptedAnswer, ScriptedError, ScriptedStep } from "@chatport/domain/testing";
import { stall, writeInPieces } from "./body-writer.js";
import { type Exchange, type LoopbackServer, startLoopbackServer } from "./loopback-server.js";

/** How one API says a script. */
export interface ScriptedWire {
  /** What stands behind the origin in the API's base URL: `/v1`. */
  readonly basePath: string;
  readonly requestIdHeader: string;
  /** Content types of a stream and of JSON. */
  readonly types: { readonly stream: string; readonly json: string };
  /** What keeps a silent stream alive. */
  readonly keepAlive: string;
  /** The answer to a request that asks for no chat, such as one for the models; undefined for a chat. */
  other(url: URL, script: ScriptedAnswer): object | undefined;
  /** Whether a chat request asks for a stream. */
  asksForStream(exchange: Exchange, url: URL): boolean;
  /** Makes the encoder of one stream, which is given its steps in order, each with the one that follows. */
  encoder(script: ScriptedAnswer, echo: string): (step: ScriptedStep, next: ScriptedStep | undefined) => readonly string[];
  /** The body of the whole answer that the steps make. */
  whole(script: ScriptedAnswer): string;
  error(
    step: ScriptedError,
    echo: string,
  ): { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: string };
  /** An error object with these words, for a status of 200. */
  errorDocument(message: string): object;
}

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
    if (other !== undefined) return scripted.sendJson(other);
    requests++;
    await scripted.answer(script.unstreamed !== true && wire.asksForStream(exchange, url));
  });
  return { ...server, baseUrl: `${server.origin}${wire.basePath}`, requests: () => requests };
}

class ScriptedExchange {
  readonly #wire: ScriptedWire;
  readonly #script: ScriptedAnswer;
  readonly #exchange: Exchange;
  readonly #echo: string;

  constructor(wire: ScriptedWire, script: ScriptedAnswer, exchange: Exchange, echo: string) {
    this.#wire = wire;
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

  sendJson(value: object): void {
    this.#exchange.response.writeHead(200, { "content-type": this.#wire.types.json }).end(JSON.stringify(value));
  }

  async #stream(): Promise<void> {
    const { response, over } = this.#exchange;
    const { steps, mislabelled } = this.#script;
    const keepAlive = this.#script.keepAlive === true ? this.#wire.keepAlive : undefined;
    const encode = this.#wire.encoder(this.#script, this.#echo);
    response.writeHead(200, { "content-type": this.#type("stream", mislabelled) }).flushHeaders();
    for (const [index, step] of steps.entries()) {
      if (over.aborted) return;
      if (step.type === "close") break;
      if (step.type === "reset") return this.#reset();
      if (step.type === "stall") await stall(response, over, keepAlive);
      if (keepAlive !== undefined) await this.#write(keepAlive);
      for (const event of encode(step, steps[index + 1])) await this.#write(event);
    }
    response.end();
  }

  async #whole(): Promise<void> {
    const { response, over } = this.#exchange;
    const { steps, mislabelled } = this.#script;
    if (steps.some(({ type }) => type === "stall")) return stall(response, over, undefined);
    const body = this.#wire.whole(this.#script);
    const broken = steps.find(({ type }) => type === "close" || type === "reset");
    response.writeHead(200, { "content-type": this.#type("json", mislabelled) });
    await this.#write(broken === undefined ? body : body.slice(0, body.length / 2));
    if (broken?.type === "reset") this.#reset();
    else response.end();
  }

  #type(own: "stream" | "json", mislabelled: boolean | undefined): string {
    return mislabelled !== true ? this.#wire.types[own] : own === "stream" ? "application/json" : "text/event-stream";
  }

  #error(step: ScriptedError): void {
    const { status, headers, body } = this.#wire.error(step, this.#echo);
    this.#exchange.response.writeHead(status, { "content-type": this.#wire.types.json, ...headers }).end(body);
  }

  #wrongBody({ body, message = "" }: Extract<ScriptedStep, { type: "wrong-body" }>): void {
    const words = `${message}${this.#echo}`;
    if (body === "json-error") return this.sendJson(this.#wire.errorDocument(words));
    const page = `<!DOCTYPE html><html><head><title>${words}</title></head><body><h1>${words}</h1></body></html>`;
    const [type, text] = body === "html" ? ["text/html", page] : [this.#wire.types.stream, ""];
    this.#exchange.response.writeHead(200, { "content-type": type }).end(text);
  }

  #reset(): void {
    this.#exchange.request.socket.resetAndDestroy();
  }

  #write(text: string): Promise<void> {
    const { response, over } = this.#exchange;
    return writeInPieces(response, text, this.#script.pieceBytes, over);
  }
}
