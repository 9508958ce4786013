/** What adapters over HTTP share: an adapter of your own is a mapping between these and the port. */
export { AnswerAssembler, type OpenCall } from "./answer-assembler.js";
export { gaveUp, malformed, timedOut, truncated } from "./answer-failure.js";
export {
  type AnswerInterpreter,
  AnswerReader,
  type AnswerReaderOptions,
  type Reading,
  type ReadOptions,
  type ResponseSource,
  type SoFar,
} from "./answer-reader.js";
export { type BaseUrlForm, normalizeBaseUrl } from "./base-url.js";
export { readErrorText } from "./bounded-text.js";
export { callArguments } from "./call-arguments.js";
export { deadlinesOf, defaultDeadlines } from "./deadlines.js";
export { tellsOfError } from "./error-document.js";
export { type EventStreamHandler, EventStreamReader } from "./event-stream.js";
export { type FailureContext, failureFromResponse, failureFromTransport, failureInStream } from "./failure.js";
export type { CallRules } from "./call-ids.js";
export type { IdForm } from "./portable-ids.js";
export { GrowingObject } from "./growing-object.js";
export { adaptHistory, type HistoryLoss, type HistoryRules, stateOf } from "./history.js";
export { headerValue, HttpClient, type HttpClientOptions, type HttpRequest, putKey, secretsIn } from "./http-client.js";
export { isJsonObject, parseJson } from "./json.js";
export { JsonBody } from "./json-body.js";
export type { HttpProviderConfig } from "./http-provider-config.js";
export { JsonEventApi, type JsonEventApiOptions, type JsonEventRequest } from "./json-event-api.js";
export { interpretJsonEvents, JsonEventStream } from "./json-event-stream.js";
export type { JsonEventSink } from "./json-sink.js";
export { bodyLimit, defaultLimits, type Limits } from "./limits.js";
export { jsonObjectSchema } from "./json-object-schema.js";
export { jsonItemSources, jsonSource } from "./json-source.js";
export { essenceOf, type InlineData, inlineDataOf, type LinkedData, mediaDataOf } from "./media-data.js";
export { mintId } from "./mint-id.js";
export { readProviderOptions, withSnakeCaseNames } from "./provider-options.js";
export {
  baseUrlField,
  connectionFields,
  countField,
  expected,
  headersField,
  modelField,
  strictTable,
  wordField,
} from "./provider-table.js";
export { NdjsonStream } from "./ndjson-stream.js";
export { createRedactor, type Redact } from "./redaction.js";
export {
  type Bounds,
  invalidRequest,
  requireCallable,
  requireCount,
  requireNumber,
  requireWhole,
  unsupported,
  wholeNumbers,
} from "./request-checks.js";
export { type RateLimit, type RateLimits, rateLimitsOf, requestIdOf } from "./response-facts.js";
export { type BodyInterpreter, ResponseStream, type ResponseStreamPlan } from "./response-stream.js";
export type { ServerError } from "./server-error.js";
export { SourceText } from "./source-text.js";
export { DeadlinePassed } from "./watchdog.js";
export { placeOfIssue, type ReadShape, shapeReader } from "./wire-shape.js";
