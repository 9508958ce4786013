import { type CallOptions, type ChatEvent, type JsonObject, Secret } from "@chatport/domain";
import { AnswerReader, type ReadOptions, type ResponseSource } from "../../http/answer-reader.js";
import { normalizeBaseUrl } from "../../http/base-url.js";
import { everyPage } from "../../http/every-page.js";
import type { FailureContext } from "../../http/failure.js";
import { HttpClient, putKey, secretsIn } from "../../http/http-client.js";
import { interpretJsonEvents } from "../../http/json-event-stream.js";
import { mintId } from "../../http/mint-id.js";
import { createRedactor } from "../../http/redaction.js";
import { baseUrlForm, defaultBaseUrl, type GeminiConfig } from "./gemini-config.js";
import { geminiCodeOf } from "./gemini-exception.js";
import { ResponseInterpreter } from "./gemini-response.js";
import { modelPath } from "./model-path.js";
import { type GenerateContentRequest, type Model, type ModelList, modelListSchema } from "./models.js";
import { ResponseSink } from "./response-sink.js";

/** What a client is made from: the part of {@link GeminiConfig} that concerns the connection. */
export type GeminiClientConfig = Pick<GeminiConfig, "name" | "apiKey" | "baseUrl" | "headers" | "fetch" | "deadlines" | "limits">;

/** How one request is sent. */
export interface SendOptions {
  /** Whether the answer is to be streamed: `streamGenerateContent` in place of `generateContent`. */
  readonly stream: boolean;
  /** Merged over the body last, verbatim. */
  readonly extraBody?: JsonObject;
  readonly signal: AbortSignal;
  /** Called with the response when its headers are here, whatever its status. */
  readonly onResponse: (response: Response) => void;
}

/**
 * The Gemini API over HTTP (https://ai.google.dev/api). Makes one attempt: wrap a provider with `withRetry` for more. The key travels in a header to the base
 * URL's origin alone, and redirects are not followed. Every method throws `ChatException`s, or the signal's reason once aborted.
 */
export class GeminiClient {
  /** Scheme, host and port of the server: the owner of the opaque state in its answers. */
  readonly origin: string;
  readonly #http: HttpClient;
  readonly #reader: AnswerReader;
  readonly #failure: FailureContext;

  constructor(config: GeminiClientConfig = {}) {
    const { name = "gemini", deadlines, limits, fetch, headers = {} } = config;
    const key = typeof config.apiKey === "string" ? new Secret(config.apiKey) : config.apiKey;
    const baseUrl = normalizeBaseUrl(config.baseUrl ?? defaultBaseUrl, baseUrlForm);
    this.origin = new URL(baseUrl).origin;
    this.#failure = { provider: name, redact: createRedactor(secretsIn(key, headers)), codeOf: geminiCodeOf, url: baseUrl };
    this.#reader = new AnswerReader({ failure: this.#failure, deadlines, limits });
    this.#http = new HttpClient({
      baseUrl,
      fetch,
      headers,
      failure: this.#failure,
      ...(key !== undefined && {
        authorize: (sent) => putKey(sent, "x-goog-api-key", key, name),
      }),
    });
  }

  /** Sends a request as it is and resolves with the response when its headers are here. Waits without limit. */
  async send(model: string, request: GenerateContentRequest, { stream, extraBody, signal, onResponse }: SendOptions): Promise<Response> {
    const method = stream ? ":streamGenerateContent?alt=sse" : ":generateContent";
    const json = extraBody === undefined ? request : { ...request, ...extraBody };
    const accept = stream ? "text/event-stream" : "application/json";
    return this.#http.send({ method: "post", path: modelPath(model, this.#failure.provider) + method, json, accept, signal, onResponse });
  }

  /** One answer, streamed or whole, as the port's events: lazy and single-use. @param model told where the server does not say which model answers */
  events(source: ResponseSource, options: ReadOptions, model: string): AsyncIterable<ChatEvent> {
    return this.#reader.events(
      source,
      options,
      interpretJsonEvents((failure, emit) => {
        const interpreter = new ResponseInterpreter({ failure, model, origin: this.origin, mintId }, emit);
        return new ResponseSink(interpreter, failure);
      }),
    );
  }

  /** The models that the server offers: every page of `GET /models`. */
  listModels(options: CallOptions = {}): Promise<readonly Model[]> {
    return everyPage(async (cursor, spentMs) => {
      const { models, nextPageToken } = await this.#modelPage(cursor, { ...options, spentMs });
      return { items: models ?? [], next: nextPageToken || undefined };
    });
  }

  #modelPage(cursor: string | undefined, options: ReadOptions): Promise<ModelList> {
    const query = new URLSearchParams({ pageSize: "1000", ...(cursor !== undefined && { pageToken: cursor }) });
    return this.#reader.document(
      (signal, onResponse) => this.#http.send({ method: "get", path: `/models?${query}`, accept: "application/json", signal, onResponse }),
      options,
      (value) => modelListSchema.safeParse(value).data,
    );
  }
}
