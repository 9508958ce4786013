import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** One request, as the server got it. */
export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: { readonly messages: readonly { readonly role: string; readonly content: unknown }[]; readonly [field: string]: unknown };
}

export interface OpenAIServer extends AsyncDisposable {
  readonly baseUrl: string;
  /** The requests for an answer; others get a 404. */
  readonly requests: readonly ReceivedRequest[];
}

/** What a test does with a request. */
export type Answer = (reply: Reply, request: ReceivedRequest) => void | Promise<void>;

/** A loopback server of OpenAI's Chat Completions API, which lists these models, if any. */
export async function startOpenAIServer(answer: Answer, models: readonly string[] = []): Promise<OpenAIServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer((message, response) => {
    void read(message).then((request) => {
      const reply = new Reply(response, request);
      if (request.path === "/v1/models" && models.length > 0) return reply.json(200, modelList(models));
      if (request.path !== "/v1/chat/completions") return reply.json(404, { error: { message: `There is no ${request.path}` } });
      requests.push(request);
      return answer(reply, request);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    baseUrl: `http://127.0.0.1:${address.port}/v1`,
    requests,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** The server's side of one call. */
export class Reply {
  /** Settles when the client is gone or the answer is over. */
  readonly closed: Promise<unknown>;
  readonly #response: ServerResponse;
  readonly #isStreamed: boolean;

  constructor(response: ServerResponse, request: ReceivedRequest) {
    this.#response = response;
    this.#isStreamed = request.body["stream"] === true;
    this.closed = once(response, "close");
  }

  /** A whole answer in these pieces, in the form that was asked for. */
  answer(pieces: readonly string[], finishReason = "stop"): void {
    if (!this.#isStreamed) return this.json(200, completion(pieces.join(""), finishReason));
    this.say(...pieces);
    this.finish(finishReason);
  }

  /** Pieces of a streamed answer that goes on. */
  say(...pieces: readonly string[]): void {
    for (const content of pieces) this.chunk({ delta: { content }, finish_reason: null });
  }

  chunk(choice: object): void {
    this.raw(`data: ${JSON.stringify({ ...chunkBase, choices: [{ index: 0, ...choice }] })}\n\n`);
  }

  finish(finishReason = "stop"): void {
    this.chunk({ delta: {}, finish_reason: finishReason });
    this.raw("data: [DONE]\n\n");
    this.#response.end();
  }

  /** Bytes of an event stream. */
  raw(text: string): void {
    if (!this.#response.headersSent) this.#response.writeHead(200, { "content-type": "text/event-stream" });
    this.#response.write(text);
  }

  json(status: number, body: unknown, headers: Record<string, string> = {}): void {
    this.#response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  }

  /** Ends the connection hard, once what was said is on its way. */
  reset(): void {
    this.#response.write("", () => setImmediate(() => this.#response.socket?.resetAndDestroy()));
  }

  /** Ends the body cleanly, without the API's end. */
  end(): void {
    this.#response.end();
  }
}

const chunkBase = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "test-model" };

function completion(content: string, finishReason: string): object {
  const choice = { index: 0, message: { role: "assistant", content }, finish_reason: finishReason };
  return { ...chunkBase, object: "chat.completion", choices: [choice], usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } };
}

function modelList(models: readonly string[]): object {
  return { object: "list", data: models.map((id) => ({ id, object: "model", created: 1, owned_by: "test" })) };
}

async function read(message: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return { path: message.url ?? "", headers: message.headers, body: JSON.parse(Buffer.concat(chunks).toString("utf8") || "{}") };
}
