import type { ChatEvent, ChatExceptionCode, ChatProvider } from "@chatport/domain";
import {
  AnswerReader,
  createRedactor,
  type FailureContext,
  headerValue,
  HttpClient,
  JsonEventStream,
  type ResponseSource,
  secretsIn,
} from "@chatport/infrastructure/http";
import { EchoWireAnswer } from "./echo-wire-answer.js";
import type { EchoWireConfig } from "./echo-wire-config.js";
import { toEchoWireRequest } from "./echo-wire-request.js";

/** A provider over Echo Wire. It makes one attempt: `withRetry` makes more. */
export function createEchoWireProvider(config: EchoWireConfig): ChatProvider {
  const { name, apiKey, headers = {}, baseUrl, model, deadlines, limits } = config;
  const redact = createRedactor(secretsIn(apiKey, headers));
  const failure: FailureContext = { provider: name, redact, codeOf: ({ code }) => codes.get(code), url: baseUrl };
  const reader = new AnswerReader({ failure, deadlines, limits });
  const authorize = (all: Headers): void => {
    if (apiKey !== undefined) all.set("authorization", `Bearer ${headerValue(apiKey, name)}`);
  };
  const client = new HttpClient({ baseUrl, headers, failure, authorize });
  return {
    name,
    vendor: "echo-wire",
    capabilities: new Set(["max-output-tokens"]),
    stream(request, options = {}) {
      const stream = options.delivery !== "whole";
      // Called when reading begins: what the mapping refuses is thrown from `next()`, before anything is sent.
      const source: ResponseSource = async (signal, onResponse) => {
        const json = toEchoWireRequest(request, config, stream);
        return client.send({ method: "post", path: "/speak", json, signal, onResponse });
      };
      return reader.read<ChatEvent>(source, options, {
        interpret: (response, bounds, failureNow, emit) =>
          new JsonEventStream(response, bounds, new EchoWireAnswer(request.model ?? model, failureNow, emit), failureNow),
        outlivesAbort: (event) => event.type === "usage",
      });
    },
  };
}

/** Echo Wire's own words for what went wrong; anything else goes by its status. */
const codes: ReadonlyMap<string | undefined, ChatExceptionCode> = new Map([
  ["who-are-you", "authentication"],
  ["slow-down", "rate-limit"],
  ["say-again", "invalid-request"],
  ["busy", "unavailable"],
]);
