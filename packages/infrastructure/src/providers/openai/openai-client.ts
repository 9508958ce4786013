import { type CallOptions, type JsonObject, RequestException, Secret } from "@chatport/domain";
import en from "zod/v4/locales/en.js";
import { malformed } from "../../http/answer-failure.js";
import { normalizeBaseUrl } from "../../http/base-url.js";
import { HttpClient, headerValue, secretsIn } from "../../http/http-client.js";
import { JsonBody } from "../../http/json-body.js";
import { createRedactor } from "../../http/redaction.js";
import { rateLimitsOf, type RateLimits, requestIdOf } from "../../http/response-facts.js";
import type { FailureContext } from "../../http/failure.js";
import {
  type ChatCompletionChunk,
  type ChatCompletionRequest,
  chatCompletionRequestSchema,
  type ChatCompletionResponse,
  type ModelList,
  modelListSchema,
} from "./models.js";
import { baseUrlForm, defaultBaseUrl, type OpenAIConfig } from "./openai-config.js";
import { openAICodeOf } from "./openai-exception.js";
import { type ReadOptions, type ResponseSource, StreamingHandler } from "./streaming-handler.js";

/** What a client is made from: the part of {@link OpenAIConfig} that concerns the connection. */
export type OpenAIClientConfig = Pick<
  OpenAIConfig,
  "name" | "apiKey" | "baseUrl" | "organization" | "project" | "headers" | "fetch" | "deadlines" | "limits"
>;

/** What the headers of a response tell. */
export interface ResponseFacts {
  readonly status: number;
  /** The server's id of the request, to quote to its support. */
  readonly requestId?: string;
  readonly rateLimits?: RateLimits;
}

/** How one request is made. */
export interface RequestOptions extends Pick<CallOptions, "signal" | "deadlines"> {
  /** Merged over the body last, verbatim. */
  readonly extraBody?: JsonObject;
  /** Called when the response's headers are here, whatever its status. */
  readonly onResponse?: (facts: ResponseFacts) => void;
}

/** How one request is sent. */
export interface SendOptions extends Pick<RequestOptions, "extraBody"> {
  readonly signal: AbortSignal;
  /** Called with the response when its headers are here, whatever its status. */
  readonly onResponse: (response: Response) => void;
}

/**
 * The Chat Completions API over HTTP (https://platform.openai.com/docs/api-reference/chat). Requests and answers are the wire's own, typed and validated; the
 * port's terms are the provider's affair. Makes one attempt: wrap a provider with `withRetry` for more. The key is sent to the base URL's origin alone, and
 * redirects are not followed. Every method throws `ChatException`s, or the signal's reason once aborted.
 */
export class OpenAIClient {
  readonly #http: HttpClient;
  readonly #handler: StreamingHandler;
  readonly #failure: FailureContext;

  constructor(config: OpenAIClientConfig = {}) {
    const { name = "openai", deadlines, limits, fetch } = config;
    const key = typeof config.apiKey === "string" ? new Secret(config.apiKey) : config.apiKey;
    const secrets = secretsIn(key, config.headers);
    const baseUrl = normalizeBaseUrl(config.baseUrl ?? defaultBaseUrl, baseUrlForm);
    this.#failure = { provider: name, redact: createRedactor(secrets), codeOf: openAICodeOf, url: baseUrl };
    this.#handler = new StreamingHandler({
      provider: name,
      secrets,
      url: baseUrl,
      ...(deadlines !== undefined && { deadlines }),
      ...(limits !== undefined && { limits }),
    });
    this.#http = new HttpClient({
      baseUrl,
      fetch,
      failure: this.#failure,
      headers: {
        ...(config.organization !== undefined && { "openai-organization": config.organization }),
        ...(config.project !== undefined && { "openai-project": config.project }),
        ...config.headers,
      },
      ...(key !== undefined && {
        authorize: (headers) => {
          if (!headers.has("authorization")) headers.set("authorization", `Bearer ${headerValue(key, name)}`);
        },
      }),
    });
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
    for await (const answer of this.#handler.chunks(source, this.#readOptions(options, "whole"))) answers.push(answer);
    const [answer] = answers;
    if (answer !== undefined && answers.length === 1) return answer;
    throw malformed("The server streamed an answer that was asked for whole", "", false, this.#failure);
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
    return this.#handler.chunks(source, this.#readOptions(options, "stream"));
  }

  /** The models that the server offers: `GET /models`. */
  async listModels(options: RequestOptions = {}): Promise<ModelList> {
    const lists = this.#handler.read<ModelList>(
      (signal, onResponse) => this.#http.send({ method: "get", path: "/models", accept: "application/json", signal, onResponse }),
      this.#readOptions(options, "whole"),
      {
        interpret: (response, limits, failure, emit) =>
          new JsonBody(response, limits, failure, (value) => modelListSchema.safeParse(value).data, emit),
      },
    );
    for await (const list of lists) return list;
    throw malformed("The server answered without a list of models", "", false, this.#failure);
  }

  /** Sends a chat completion as it is and resolves with the response when its headers are here. Waits without limit. */
  send(request: ChatCompletionRequest, { extraBody, signal, onResponse }: SendOptions): Promise<Response> {
    const json = extraBody === undefined ? request : { ...request, ...extraBody };
    const accept = request.stream === true ? "text/event-stream" : "application/json";
    return this.#http.send({ method: "post", path: "/chat/completions", json, accept, signal, onResponse });
  }

  /** @throws {RequestException} `invalid-request`, naming the field, for what the API's description does not allow. */
  #validated(request: ChatCompletionRequest): ChatCompletionRequest {
    const checked = chatCompletionRequestSchema.safeParse(request, { error: en().localeError });
    if (checked.success) return request;
    const issues = checked.error.issues.map(({ path, message }) => `${path.join(".") || "the request"}: ${message}`);
    const { provider } = this.#failure;
    throw new RequestException("invalid-request", `The request is not one of Chat Completions. ${issues.join("; ")}`, { provider });
  }

  #readOptions({ signal, deadlines, onResponse }: RequestOptions, delivery: "stream" | "whole"): ReadOptions {
    return {
      delivery,
      ...(signal !== undefined && { signal }),
      ...(deadlines !== undefined && { deadlines }),
      ...(onResponse !== undefined && { onResponse: (response: Response) => onResponse(factsOf(response)) }),
    };
  }
}

function factsOf({ status, headers }: Response): ResponseFacts {
  const requestId = requestIdOf(headers);
  const rateLimits = rateLimitsOf(headers);
  return { status, ...(requestId !== undefined && { requestId }), ...(rateLimits !== undefined && { rateLimits }) };
}
