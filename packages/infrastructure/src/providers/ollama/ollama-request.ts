import { type ChatRequest, type JsonObject, requireCapabilities } from "@chatport/domain";
import { adaptHistory } from "../../http/history.js";
import { invalidRequest } from "../../http/request-checks.js";
import { capabilities } from "./capabilities.js";
import type { OllamaChatRequest } from "./models.js";
import type { OllamaConfig } from "./ollama-config.js";
import { ollamaHistoryRules } from "./ollama-history.js";
import { messagesOf } from "./request/messages.js";
import { ollamaOptionsOf } from "./request/provider-options.js";
import { samplingOf } from "./request/sampling.js";
import { toolsOf } from "./request/tools.js";

/** How a request is written, as opposed to what it asks. */
export interface RequestMapping extends Pick<OllamaConfig, "model" | "baseUrl" | "keepAlive" | "numCtx"> {
  /** The provider's name, for exceptions. */
  readonly provider: string;
  /** Whether the answer is to be streamed. */
  readonly stream: boolean;
}

/** A request in Ollama's terms, and what is merged over its body last, verbatim. */
export interface OllamaRequest {
  readonly request: OllamaChatRequest;
  readonly extraBody?: JsonObject;
}

/**
 * Translates a request of the port to one of `POST /api/chat`. Pure: no I/O, and the same request gives the same result.
 *
 * What Ollama has no words for, and what becomes of it:
 * - A system message keeps its place, also in mid-conversation.
 * - The text parts of a message are joined by line breaks and its images stand apart: their order among each other is lost.
 * - An image by URL and a file that is no image are `unsupported`.
 * - Images of a tool result go in the result's own message.
 * - A tool result has no error flag: the text of a failed one begins with "Error".
 * - Reasoning goes back as `thinking`, whoever thought it; models whose template has no place for it pass it over.
 * - A refusal goes back as text. An invalid tool call, and its result, are left out: arguments must be an object.
 * - Arguments of calls that are no object are sent as the field `arguments` of one; numbers keep their digits (see `callArguments`).
 * - `toolChoice: "none"` leaves the tools out; a required call is `unsupported`.
 * - `output.name` is not sent: a schema has no name here.
 * - There is no default for `maxOutputTokens`: without it the model's own limit holds (`num_predict` of its Modelfile, else none).
 *
 * `providerOptions.ollama` takes the parameters of {@link OllamaOptions}, and `extraBody`.
 *
 * @throws {RequestException} `unsupported` for what cannot be said, `invalid-request` for values that can never be right.
 */
export function toOllamaRequest(asked: ChatRequest, mapping: RequestMapping): OllamaRequest {
  const { provider, stream } = mapping;
  requireCapabilities(asked, capabilities, provider);
  const own = ollamaOptionsOf(asked.providerOptions, provider);
  const messages = messagesOf(adaptHistory(asked.messages, ollamaHistoryRules(mapping)).messages, provider);
  if (messages.length === 0) throw invalidRequest(provider, "messages is empty: there is nothing to answer.");
  const think = own.think ?? (asked.reasoning === "none" ? false : asked.reasoning);
  const keepAlive = own.keepAlive ?? mapping.keepAlive;
  const options = { ...(mapping.numCtx !== undefined && { num_ctx: mapping.numCtx }), ...samplingOf(asked, provider), ...own.runtime };
  const format = formatOf(asked, own.format, provider);
  const request: OllamaChatRequest = {
    model: asked.model ?? mapping.model,
    messages,
    stream,
    ...toolsOf(asked, provider),
    ...(format !== undefined && { format }),
    ...(think !== undefined && { think }),
    ...(keepAlive !== undefined && { keep_alive: keepAlive }),
    ...(own.logprobs !== undefined && { logprobs: own.logprobs }),
    ...(own.topLogprobs !== undefined && { top_logprobs: own.topLogprobs }),
    ...(Object.keys(options).length > 0 && { options }),
  };
  return own.extraBody === undefined ? { request } : { request, extraBody: own.extraBody };
}

function formatOf({ output }: ChatRequest, format: "json" | undefined, provider: string): JsonObject | "json" | undefined {
  if (output === undefined || format === undefined) return output?.schema ?? format;
  throw invalidRequest(provider, "output and providerOptions.ollama.format both say what the answer must look like; set one of them.");
}
