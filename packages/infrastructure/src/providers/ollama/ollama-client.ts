import { type CallOptions, type ChatEvent, type JsonObject, Secret } from "@chatport/domain";
import { AnswerReader, type ResponseSource } from "../../http/answer-reader.js";
import type { FailureContext } from "../../http/failure.js";
import { HttpClient, type HttpRequest, putKey, secretsIn } from "../../http/http-client.js";
import { mintId } from "../../http/mint-id.js";
import { NdjsonStream } from "../../http/ndjson-stream.js";
import { createRedactor } from "../../http/redaction.js";
import { serverUrl } from "./base-url.js";
import { type ModelTags, modelTagsSchema, type OllamaChatRequest, serverVersionSchema } from "./models.js";
import type { OllamaConfig } from "./ollama-config.js";
import { explained, ollamaCodeOf } from "./ollama-exception.js";
import { LineInterpreter } from "./ollama-response.js";

/** What a client is made from: the part of {@link OllamaConfig} that concerns the connection. */
export type OllamaClientConfig = Pick<OllamaConfig, "name" | "apiKey" | "baseUrl" | "headers" | "fetch" | "deadlines" | "limits">;

/** A request's body, and what is merged over it last, verbatim. Made when reading begins; what that throws comes from `next()`. */
export type MakeRequest = () => { readonly request: OllamaChatRequest; readonly extraBody?: JsonObject };

/** Ollama sends its headers with the first token, and loading a big model from a slow disk takes minutes (its own OLLAMA_LOAD_TIMEOUT is five). */
export const headersMs = 300_000;

/**
 * Ollama's own API over HTTP (https://docs.ollama.com/api/introduction). Makes one attempt: wrap a provider with `withRetry` for more. The key is sent to the
 * base URL's origin alone, and redirects are not followed. Every method throws `ChatException`s, or the signal's reason once aborted.
 */
export class OllamaClient {
  readonly #http: HttpClient;
  readonly #reader: AnswerReader;
  readonly #failure: FailureContext;
  readonly #origin: string;

  constructor(config: OllamaClientConfig = {}) {
    const { name = "ollama", deadlines, limits, fetch, headers = {} } = config;
    const key = typeof config.apiKey === "string" ? new Secret(config.apiKey) : config.apiKey;
    const url = serverUrl(config.baseUrl);
    this.#origin = new URL(url).origin;
    this.#failure = { provider: name, redact: createRedactor(secretsIn(key, headers)), codeOf: ollamaCodeOf, url };
    this.#reader = new AnswerReader({ failure: this.#failure, limits, deadlines: { headersMs, ...deadlines } });
    this.#http = new HttpClient({
      baseUrl: url,
      fetch,
      failure: this.#failure,
      headers,
      ...(key !== undefined && {
        authorize: (sent) => putKey(sent, "authorization", key, name, "Bearer "),
      }),
    });
  }

  /** One answer, as the port's events: `POST /api/chat`. Lazy and single-use. @param model the one that is asked */
  chat(make: MakeRequest, model: string, options: CallOptions = {}): AsyncIterable<ChatEvent> {
    const source: ResponseSource = (signal, onResponse) => {
      const { request, extraBody } = make();
      const json = extraBody === undefined ? request : { ...request, ...extraBody };
      const accept = request.stream ? "application/x-ndjson" : "application/json";
      return this.#send({ method: "post", path: "/api/chat", json, accept, signal, onResponse }, model);
    };
    return this.#reader.events(source, options, (response, limits, failure, emit) => {
      const interpreter = new LineInterpreter({ failure, model, mintId, origin: this.#origin }, emit);
      return new NdjsonStream(response, limits, interpreter, failure);
    });
  }

  /** The models that the server has: `GET /api/tags`. */
  listModels(options: CallOptions = {}): Promise<ModelTags> {
    return this.#get("/api/tags", (value) => modelTagsSchema.safeParse(value).data, options);
  }

  /**
   * The server's version, and so whether it is an Ollama at all: `GET /api/version`. Sends no prompt; a key is sent as with any request, so a stranger is asked
   * by a client without one.
   */
  async version(options: CallOptions = {}): Promise<string> {
    const { version } = await this.#get("/api/version", (value) => serverVersionSchema.safeParse(value).data, options);
    return version;
  }

  #get<Value extends object>(path: string, validate: (value: unknown) => Value | undefined, options: CallOptions): Promise<Value> {
    const source: ResponseSource = (signal, onResponse) =>
      this.#send({ method: "get", path, accept: "application/json", signal, onResponse }, undefined);
    return this.#reader.document(source, options, validate);
  }

  async #send(request: HttpRequest, model: string | undefined): Promise<Response> {
    try {
      return await this.#http.send(request);
    } catch (error) {
      throw explained(error, this.#failure, model);
    }
  }
}
