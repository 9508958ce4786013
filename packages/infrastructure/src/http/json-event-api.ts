import type { CallOptions, ChatEvent, Deadlines, JsonObject, Secret } from "@chatport/domain";
import { AnswerReader, type ResponseSource } from "./answer-reader.js";
import type { FailureContext } from "./failure.js";
import { HttpClient, putKey, secretsIn } from "./http-client.js";
import { interpretJsonEvents } from "./json-event-stream.js";
import type { JsonEventSink } from "./json-sink.js";
import type { Limits } from "./limits.js";
import { createRedactor } from "./redaction.js";

/** Where an API lives, and what is told of it in exceptions. */
export interface JsonEventApiOptions extends Pick<FailureContext, "codeOf" | "messageOf"> {
  /** The provider's name in exceptions. */
  readonly name: string;
  /** Paths are appended to it. */
  readonly baseUrl: string;
  /** Sent as `Authorization: Bearer`, to the base URL's origin alone, unless `headers` has that header. Default: no such header. */
  readonly apiKey?: Secret | undefined;
  /** Sent with every request. Default: none. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** See `Deadlines` for units and defaults. */
  readonly deadlines?: Partial<Deadlines> | undefined;
  /** See {@link Limits} for units and defaults. */
  readonly limits?: Partial<Limits> | undefined;
}

/** What is posted for one answer. */
export interface JsonEventRequest {
  readonly path: string;
  readonly json: JsonObject;
}

/**
 * An API that is asked with JSON and answers with server-sent events of JSON, or with one JSON document: sending, reading, classifying and redacting, so that an
 * adapter is two mappings. Makes one attempt. The key is sent to the base URL's origin alone, and redirects are not followed.
 */
export class JsonEventApi {
  readonly #reader: AnswerReader;
  readonly #client: HttpClient;

  constructor({ name, baseUrl, apiKey, headers = {}, fetch, deadlines, limits, codeOf, messageOf }: JsonEventApiOptions) {
    const redact = createRedactor(secretsIn(apiKey, headers));
    const failure: FailureContext = {
      provider: name,
      redact,
      url: baseUrl,
      ...(codeOf !== undefined && { codeOf }),
      ...(messageOf !== undefined && { messageOf }),
    };
    const authorize = (sent: Headers): void => {
      if (apiKey !== undefined) putKey(sent, "authorization", apiKey, name, "Bearer ");
    };
    this.#reader = new AnswerReader({ failure, deadlines, limits });
    this.#client = new HttpClient({ baseUrl, headers, fetch, failure, authorize });
  }

  /**
   * One answer, lazy and single-use. `make` is called when reading begins: what the mapping refuses is thrown from `next()`, before anything is sent.
   *
   * @throws {ChatException} from `next()`; or the signal's reason once aborted.
   */
  ask(
    make: () => JsonEventRequest,
    options: CallOptions,
    createSink: (failure: () => FailureContext, emit: (event: ChatEvent) => void) => JsonEventSink,
  ): AsyncIterable<ChatEvent> {
    const source: ResponseSource = async (signal, onResponse) => this.#client.send({ method: "post", ...make(), signal, onResponse });
    return this.#reader.events(source, options, interpretJsonEvents(createSink));
  }
}
