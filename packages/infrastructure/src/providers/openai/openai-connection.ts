import { type CallOptions, type JsonObject, Secret } from "@chatport/domain";
import { AnswerReader, type ReadOptions } from "../../http/answer-reader.js";
import { normalizeBaseUrl } from "../../http/base-url.js";
import type { FailureContext } from "../../http/failure.js";
import { HttpClient, putKey, secretsIn } from "../../http/http-client.js";
import { createRedactor, type Redact, redactNothing } from "../../http/redaction.js";
import { rateLimitsOf, type RateLimits, requestIdOf } from "../../http/response-facts.js";
import { type ModelList, modelListSchema } from "./models.js";
import { baseUrlForm, defaultBaseUrl, type OpenAIConfig } from "./openai-config.js";
import { openAICodeOf } from "./openai-exception.js";

/** The part of {@link OpenAIConfig} that concerns the connection. */
export type ConnectionConfig = Pick<
  OpenAIConfig,
  "name" | "apiKey" | "baseUrl" | "organization" | "project" | "headers" | "fetch" | "deadlines" | "limits"
>;

/** How a server of OpenAI's API is addressed, where it is not as OpenAI's own is: Azure's has headers, paths and a query of its own. */
export interface Addressing extends Pick<FailureContext, "messageOf"> {
  /** Puts the key, or what stands for it, on a request; headers that were configured by hand go before it. Default: `Authorization: Bearer`. */
  readonly authorize?: (headers: Headers) => void | Promise<void>;
  /** What stands behind the base URL for a path of the API, query and all. Default: the path as it is. */
  readonly locate?: (path: string, model: string | undefined) => string;
  /** Takes what `authorize` puts on requests out of a text, as far as the configuration does not hold it. Default: there is nothing such. */
  readonly redact?: Redact;
  /** Better words for what a request for the model failed with. Default: the error as it is. */
  readonly explain?: (error: unknown, model: string | undefined) => unknown;
}

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

/** What is sent of a request: its body, of which the model and the form of delivery concern the connection. */
export interface RequestBody {
  readonly model?: string | null | undefined;
  readonly stream?: boolean | null | undefined;
}

/**
 * One server that speaks OpenAI's APIs: its address, its key, its deadlines and bounds, and what they all have in common. Chat Completions and Responses sit on
 * it. Makes one attempt. The key is sent to the base URL's origin alone, and redirects are not followed.
 */
export class OpenAIConnection {
  /** What every exception of this connection tells, and how its texts are redacted. */
  readonly failure: FailureContext;
  /** Without a slash at its end. Opaque state is marked with its origin. */
  readonly baseUrl: string;
  /** The reader of everything that this connection's server answers. */
  readonly reader: AnswerReader;
  readonly #http: HttpClient;
  readonly #locate: (path: string, model: string | undefined) => string;
  readonly #explain: (error: unknown, model: string | undefined) => unknown;

  constructor(config: ConnectionConfig, addressing: Addressing = {}) {
    const { name = "openai", deadlines, limits, fetch } = config;
    const key = typeof config.apiKey === "string" ? new Secret(config.apiKey) : config.apiKey;
    const baseUrl = normalizeBaseUrl(config.baseUrl ?? defaultBaseUrl, baseUrlForm);
    this.baseUrl = baseUrl;
    const configured = createRedactor(secretsIn(key, config.headers));
    const { redact = redactNothing, locate = (path) => path, explain = (error) => error, messageOf } = addressing;
    this.failure = {
      provider: name,
      redact: (text) => configured(redact(text)),
      codeOf: openAICodeOf,
      ...(messageOf !== undefined && { messageOf }),
      url: baseUrl,
    };
    this.reader = new AnswerReader({ failure: this.failure, limits, deadlines });
    this.#locate = locate;
    this.#explain = explain;
    const bearer = key && ((headers: Headers) => putKey(headers, "authorization", key, name, "Bearer "));
    const authorize = addressing.authorize ?? bearer;
    this.#http = new HttpClient({
      baseUrl,
      fetch,
      failure: this.failure,
      headers: {
        ...(config.organization !== undefined && { "openai-organization": config.organization }),
        ...(config.project !== undefined && { "openai-project": config.project }),
        ...config.headers,
      },
      ...(authorize !== undefined && { authorize }),
    });
  }

  /** Posts a body as it is and resolves with the response when its headers are here. Waits without limit. */
  async post(path: string, body: RequestBody, { extraBody, signal, onResponse }: SendOptions): Promise<Response> {
    const json = extraBody === undefined ? body : { ...body, ...extraBody };
    const accept = body.stream === true ? "text/event-stream" : "application/json";
    const model = body.model ?? undefined;
    try {
      return await this.#http.send({ method: "post", path: this.#locate(path, model), json, accept, signal, onResponse });
    } catch (error) {
      throw this.#explain(error, model);
    }
  }

  /** The models that the server offers: `GET /models`. */
  listModels(options: RequestOptions = {}): Promise<ModelList> {
    const path = this.#locate("/models", undefined);
    return this.reader.document(
      (signal, onResponse) => this.#http.send({ method: "get", path, accept: "application/json", signal, onResponse }),
      readOptionsOf(options, "whole"),
      (value) => modelListSchema.safeParse(value).data,
    );
  }
}

/** What of a request's options concerns the reading of its answer. */
export function readOptionsOf({ signal, deadlines, onResponse }: RequestOptions, delivery: "stream" | "whole"): ReadOptions {
  return {
    delivery,
    ...(signal !== undefined && { signal }),
    ...(deadlines !== undefined && { deadlines }),
    ...(onResponse !== undefined && { onResponse: (response: Response) => onResponse(factsOf(response)) }),
  };
}

function factsOf({ status, headers }: Response): ResponseFacts {
  const requestId = requestIdOf(headers);
  const rateLimits = rateLimitsOf(headers);
  return { status, ...(requestId !== undefined && { requestId }), ...(rateLimits !== undefined && { rateLimits }) };
}
