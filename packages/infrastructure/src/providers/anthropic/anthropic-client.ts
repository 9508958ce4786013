import { type CallOptions, type ChatEvent, type JsonObject, Secret } from "@chatport/domain";
import { AnswerReader, type ReadOptions, type ResponseSource } from "../../http/answer-reader.js";
import { everyPage } from "../../http/every-page.js";
import type { FailureContext } from "../../http/failure.js";
import { HttpClient, putKey, secretsIn } from "../../http/http-client.js";
import { interpretJsonEvents } from "../../http/json-event-stream.js";
import { mintId } from "../../http/mint-id.js";
import { createRedactor } from "../../http/redaction.js";
import { type AnthropicConfig, defaultBaseUrl, normalizeBaseUrl } from "./anthropic-config.js";
import { anthropicCodeOf } from "./anthropic-exception.js";
import { MessageReader } from "./anthropic-response.js";
import { type MessagesRequest, type Model, type ModelList, modelListSchema } from "./models.js";

/** What a client is made from: the part of {@link AnthropicConfig} that concerns the connection. */
export type AnthropicClientConfig = Pick<AnthropicConfig, "name" | "apiKey" | "baseUrl" | "headers" | "fetch" | "deadlines" | "limits">;

/** How one request is sent. */
export interface SendOptions {
  readonly signal: AbortSignal;
  /** Called with the response when its headers are here, whatever its status. */
  readonly onResponse: (response: Response) => void;
  /** Merged over the body last, verbatim. */
  readonly extraBody?: JsonObject;
}

/**
 * The version of the API that every request names, unless `headers` name another (https://platform.claude.com/docs/en/api/versioning). The one after it,
 * 2026-10-21, changes three things of messages (https://platform.claude.com/docs/en/api/migration-2026-10-21). Documents in an assistant's message and citations
 * in a user's are refused: this adapter sends neither. And `temperature`, `top_p` and `top_k` are refused, whatever their value, which the port has words for and
 * models up to Claude Opus 4.6 take: for their sake it is not the default. Answers are the same in both, so that a configuration may name the newer one. This
 * one is also what compatible servers know, like the key's header: Anthropic takes it as `Authorization: Bearer` as well.
 */
const apiVersion = "2023-06-01";

/**
 * The Messages API over HTTP (https://platform.claude.com/docs/en/api/messages). Makes one attempt: wrap a provider with `withRetry` for more. The key is sent to
 * the base URL's origin alone, and redirects are not followed. Every method throws `ChatException`s, or the signal's reason once aborted.
 */
export class AnthropicClient {
  readonly #http: HttpClient;
  readonly #reader: AnswerReader;
  readonly #failure: FailureContext;
  readonly #origin: string;

  constructor(config: AnthropicClientConfig = {}) {
    const { name = "anthropic", deadlines, limits, fetch } = config;
    const key = typeof config.apiKey === "string" ? new Secret(config.apiKey) : config.apiKey;
    const baseUrl = normalizeBaseUrl(config.baseUrl ?? defaultBaseUrl);
    const redact = createRedactor(secretsIn(key, config.headers));
    this.#failure = { provider: name, redact, codeOf: anthropicCodeOf, url: baseUrl };
    this.#reader = new AnswerReader({ failure: this.#failure, limits, deadlines });
    this.#origin = new URL(baseUrl).origin;
    this.#http = new HttpClient({
      baseUrl,
      fetch,
      failure: this.#failure,
      headers: { "anthropic-version": apiVersion, ...config.headers },
      ...(key !== undefined && {
        authorize: (sent) => putKey(sent, "x-api-key", key, name),
      }),
    });
  }

  /** The answer of a source as the port's events: lazy and single-use. `model` is the one that was asked for. */
  events(source: ResponseSource, options: ReadOptions, model: string): AsyncIterable<ChatEvent> {
    const context = { origin: this.#origin, model, mintId };
    return this.#reader.events(
      source,
      options,
      interpretJsonEvents((failure, emit) => new MessageReader(context, failure, emit)),
    );
  }

  /** Sends `POST /v1/messages` as it is and resolves with the response when its headers are here. Waits without limit. */
  send(request: MessagesRequest, { extraBody, signal, onResponse }: SendOptions): Promise<Response> {
    const json = extraBody === undefined ? request : { ...request, ...extraBody };
    const accept = request.stream === true ? "text/event-stream" : "application/json";
    return this.#http.send({ method: "post", path: "/v1/messages", json, accept, signal, onResponse });
  }

  /** The models that the server offers: `GET /v1/models`, page by page. */
  listModels(options: CallOptions = {}): Promise<readonly Model[]> {
    return everyPage(async (cursor, spentMs) => {
      const { data, has_more: hasMore, last_id: lastId } = await this.#modelPage(cursor, { ...options, spentMs });
      return { items: data, next: hasMore === true && lastId ? lastId : undefined };
    });
  }

  #modelPage(cursor: string | undefined, options: ReadOptions): Promise<ModelList> {
    const query = new URLSearchParams({ limit: "1000", ...(cursor !== undefined && { after_id: cursor }) });
    return this.#reader.document(
      (signal, onResponse) =>
        this.#http.send({ method: "get", path: `/v1/models?${query}`, accept: "application/json", signal, onResponse }),
      options,
      (value) => modelListSchema.safeParse(value).data,
    );
  }
}
