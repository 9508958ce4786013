import { RequestException } from "@chatport/domain";
import en from "zod/v4/locales/en.js";
import { malformed } from "../../http/answer-failure.js";
import {
  type ChatCompletionChunk,
  type ChatCompletionRequest,
  chatCompletionRequestSchema,
  type ChatCompletionResponse,
  type ModelList,
} from "./models.js";
import { type ConnectionConfig, OpenAIConnection, readOptionsOf, type RequestOptions, type SendOptions } from "./openai-connection.js";
import { type ResponseSource, StreamingHandler } from "./streaming-handler.js";

/** What a client is made from. */
export type OpenAIClientConfig = ConnectionConfig;

/**
 * The Chat Completions API over HTTP (https://platform.openai.com/docs/api-reference/chat). Requests and answers are the wire's own, typed and validated; the
 * port's terms are the provider's affair. Makes one attempt: wrap a provider with `withRetry` for more. The key is sent to the base URL's origin alone, and
 * redirects are not followed. Every method throws `ChatException`s, or the signal's reason once aborted.
 */
export class OpenAIClient {
  readonly #connection: OpenAIConnection;
  readonly #handler: StreamingHandler;

  /** @param connection where requests go. Default: what the configuration says */
  constructor(config: OpenAIClientConfig = {}, connection: OpenAIConnection = new OpenAIConnection(config)) {
    this.#connection = connection;
    this.#handler = new StreamingHandler({ url: connection.baseUrl }, connection.reader);
  }

  /** The reader of this client's streams: events, chunks or plain text from one response. */
  get handler(): StreamingHandler {
    return this.#handler;
  }

  /** One whole answer: `POST /chat/completions` without streaming. */
  async chatCompletion(request: ChatCompletionRequest, options: RequestOptions = {}): Promise<ChatCompletionResponse> {
    const answers: ChatCompletionResponse[] = [];
    const body: ChatCompletionRequest = { ...this.#validated(request), stream: false };
    const source: ResponseSource = (signal, onResponse) => this.send(body, { ...options, signal, onResponse });
    for await (const answer of this.#handler.chunks(source, readOptionsOf(options, "whole"))) answers.push(answer);
    const [answer] = answers;
    if (answer !== undefined && answers.length === 1) return answer;
    throw malformed("The server streamed an answer that was asked for whole", "", false, this.#connection.failure);
  }

  /**
   * One answer as it is generated: `POST /chat/completions` with `stream: true`, usage included unless `stream_options` says otherwise. Lazy and single-use:
   * nothing is sent before the first `next()`, and leaving the loop cancels the request and frees its socket.
   */
  streamChat(request: ChatCompletionRequest, options: RequestOptions = {}): AsyncIterable<ChatCompletionChunk> {
    const source: ResponseSource = async (signal, onResponse) => {
      const { stream_options: asked, ...rest } = this.#validated(request);
      const body: ChatCompletionRequest = {
        ...rest,
        stream: true,
        stream_options: asked === null ? null : { include_usage: true, ...asked },
      };
      return this.send(body, { ...options, signal, onResponse });
    };
    return this.#handler.chunks(source, readOptionsOf(options, "stream"));
  }

  /** The models that the server offers: `GET /models`. */
  listModels(options: RequestOptions = {}): Promise<ModelList> {
    return this.#connection.listModels(options);
  }

  /** Sends a chat completion as it is and resolves with the response when its headers are here. Waits without limit. */
  send(request: ChatCompletionRequest, options: SendOptions): Promise<Response> {
    return this.#connection.post("/chat/completions", request, options);
  }

  /** @throws {RequestException} `invalid-request`, naming the field, for what the API's description does not allow. */
  #validated(request: ChatCompletionRequest): ChatCompletionRequest {
    const checked = chatCompletionRequestSchema.safeParse(request, { error: en().localeError });
    if (checked.success) return request;
    const issues = checked.error.issues.map(({ path, message }) => `${path.join(".") || "the request"}: ${message}`);
    const { provider } = this.#connection.failure;
    throw new RequestException("invalid-request", `The request is not one of Chat Completions. ${issues.join("; ")}`, { provider });
  }
}
