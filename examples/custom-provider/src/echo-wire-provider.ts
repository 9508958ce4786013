import type { ChatProvider } from "@chatport/domain";
import { JsonEventApi } from "@chatport/infrastructure/http";
import { EchoWireAnswer } from "./echo-wire-answer.js";
import type { EchoWireConfig } from "./echo-wire-config.js";
import { capabilities, toEchoWireRequest } from "./echo-wire-request.js";

/** A provider over Echo Wire. It makes one attempt: `withRetry` makes more. */
export function createEchoWireProvider(config: EchoWireConfig): ChatProvider {
  // What a status does not tell, or not well enough; anything else is classified by its status and words.
  const api = new JsonEventApi({ ...config, codeOf: ({ code }) => (code === "voice-used-up" ? "quota" : undefined) });
  return {
    name: config.name,
    vendor: "echo-wire",
    capabilities,
    stream: (request, options = {}) =>
      api.ask(
        () => ({ path: "/speak", json: toEchoWireRequest(request, config, options.delivery !== "whole") }),
        options,
        (failure, emit) => new EchoWireAnswer(request.model ?? config.model, failure, emit),
      ),
  };
}
