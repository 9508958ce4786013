import { setTimeout as sleep } from "node:timers/promises";
import type { ScriptedAnswer, ScriptedError, ScriptedStep } from "@chatport/domain/testing";
import { flood, stall, writeInPieces } from "./body-writer.js";
import type { Exchange } from "./loopback-server.js";
import type { ScriptedWire } from "./scripted-wire.js";

/** One request, answered as the script says. `echo` stands behind the words of every error. */
export class ScriptedExchange {
  readonly #wire: ScriptedWire;
  readonly #script: ScriptedAnswer;
  readonly #exchange: Exchange;
  readonly #echo: string;
  readonly #held: string[] = [];

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
    if (first?.type === "redirect") return this.#redirect();
    return streamed ? this.#stream() : this.#whole();
  }

  /** Answers what asks for no chat, unless the script begins with what befalls every request. */
  async answerAside(value: object): Promise<void> {
    const [first] = this.#script.steps;
    if (first?.type === "error") return this.#error(first);
    if (first?.type === "no-headers") return stall(this.#exchange.response, this.#exchange.over, undefined);
    return this.#sendJson(value);
  }

  #sendJson(value: object): void {
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
      if (turns.has(step.type)) await this.#writeHeld();
      if (step.type === "close") break;
      if (step.type === "reset") return this.#reset();
      if (step.type === "stall") await stall(response, over, keepAlive);
      if (step.type === "flood") await flood(response, over, step.of);
      if (keepAlive !== undefined) await this.#say(keepAlive);
      if (step.type === "broken-event") await this.#say(brokenEvent(encode));
      for (const event of encode(step, steps[index + 1])) await this.#say(event);
    }
    await this.#writeHeld();
    response.end();
  }

  /** Says a piece of a stream: at its time, or holds it where all comes in one piece. */
  async #say(text: string): Promise<void> {
    const { inOnePiece, paceMs } = this.#script;
    if (inOnePiece === true) return void this.#held.push(text);
    if (paceMs !== undefined) await sleep(paceMs);
    await this.#write(text);
  }

  async #writeHeld(): Promise<void> {
    const text = this.#held.splice(0).join("");
    if (text !== "") await this.#write(text);
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
    if (body === "json-error") return this.#sendJson(this.#wire.errorDocument(words));
    const page = `<!DOCTYPE html><html><head><title>${words}</title></head><body><h1>${words}</h1></body></html>`;
    const [type, text] = body === "html" ? ["text/html", page] : [this.#wire.types.stream, ""];
    this.#exchange.response.writeHead(200, { "content-type": type }).end(text);
  }

  #redirect(): void {
    const { request, response } = this.#exchange;
    response.writeHead(307, { location: request.url ?? "/" }).end();
  }

  #reset(): void {
    this.#exchange.request.socket.resetAndDestroy();
  }

  #write(text: string): Promise<void> {
    const { response, over } = this.#exchange;
    return writeInPieces(response, text, this.#script.pieceBytes, over);
  }
}

type Encode = ReturnType<ScriptedWire["encoder"]>;

/** An event that says a text, cut in the middle of its JSON and closed behind that. */
function brokenEvent(encode: Encode): string {
  const events = encode({ type: "text", deltas: ["A text that came to harm on its way."] }, undefined);
  const whole = events.find((event) => event.includes("harm")) ?? "";
  return `${whole.slice(0, whole.indexOf("harm"))}\n\n`;
}

/** Steps that end a piece. */
const turns: ReadonlySet<string> = new Set<ScriptedStep["type"]>(["close", "reset", "stall", "flood"]);
