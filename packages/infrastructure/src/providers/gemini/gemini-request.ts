import type { ChatRequest, JsonObject } from "@chatport/domain";
import { adaptHistory, type HistoryRules } from "../../http/history.js";
import { invalidRequest, requireNumber, requireWhole, unsupported } from "../../http/request-checks.js";
import type { GenerateContentRequest, GenerationConfig } from "./models.js";
import { contentsOf } from "./request/contents.js";
import { geminiOptionsOf } from "./request/provider-options.js";
import { thinkingConfigOf, wantsSignatures } from "./request/thinking.js";
import { toolsOf } from "./request/tools.js";

/** How a request is written, as opposed to what it asks. */
export interface RequestMapping {
  /** The provider's name, for exceptions. */
  readonly provider: string;
  /** The model of a request that names none. */
  readonly model: string;
  /** What of a conversation goes back. */
  readonly history: HistoryRules;
}

/** A request in Gemini's terms, the model that its path names, and what is merged over its body last, verbatim. */
export interface GeminiRequest {
  readonly model: string;
  readonly request: GenerateContentRequest;
  readonly extraBody?: JsonObject;
}

/**
 * Translates a request of the port to one of `generateContent`. Pure: no I/O, and the same request gives the same result.
 *
 * What the API has no words for, and what becomes of it:
 * - System messages at the beginning are the system instruction. A later one keeps its place as a content of the user that begins with "System instruction:".
 * - Thoughts go back to the server that signed them. Signatures go back on the parts that they came with; a call of another model gets the documented stand-in.
 * - A failed tool result has its text under `error` instead of `output`. Its images are parts of the result.
 * - Refusals are sent as text. Invalid calls are left out, with their results: arguments must be a JSON object.
 * - Arguments of calls that are no object are sent as the field `arguments` of one; numbers keep their digits (see `callArguments`).
 * - The name of `output` is not sent. Its JSON Schema and those of tools go out as they are, and the server does not enforce what it does not know: it knows `$id`,
 *   `$defs`, `$ref`, `$anchor`, `type`, `format`, `title`, `description`, `enum`, `items`, `prefixItems`, `minItems`, `maxItems`, `minimum`, `maximum`, `anyOf`,
 *   `oneOf`, `properties`, `additionalProperties` and `required` (https://ai.google.dev/api/generate-content#generationconfig).
 * - There is no default for `maxOutputTokens`: without it the model's own limit holds.
 *
 * `providerOptions.gemini` takes the wire's own fields, the server's `tools`, and `extraBody`.
 *
 * @throws {RequestException} `unsupported` for what cannot be said to Gemini, `invalid-request` for values that can never be right.
 */
export function toGenerateContentRequest(asked: ChatRequest, { provider, model: configured, history }: RequestMapping): GeminiRequest {
  const model = asked.model ?? configured;
  const { extraBody, generationConfig, request: options, ...serverTools } = geminiOptionsOf(asked.providerOptions, provider);
  if (asked.output !== undefined && (generationConfig.responseSchema ?? generationConfig.responseMimeType) !== undefined) {
    throw invalidRequest(provider, "output and providerOptions.gemini both say what the answer must look like; set one of them.");
  }
  const { messages } = adaptHistory(asked.messages, history);
  const contents = contentsOf(messages, { provider, wantsSignatures: wantsSignatures(model) });
  if (contents.contents.length === 0)
    throw invalidRequest(provider, "messages holds nothing to answer: no user or tool message says anything.");
  const generation = { ...generationOf(asked, model, provider), ...generationConfig };
  const request: GenerateContentRequest = {
    ...contents,
    ...toolsOf(asked, serverTools, provider),
    ...(Object.keys(generation).length > 0 && { generationConfig: generation }),
    ...options,
  };
  return extraBody === undefined ? { model, request } : { model, request, extraBody };
}

const int32 = [-(2 ** 31), 2 ** 31 - 1] as const;

function generationOf(asked: ChatRequest, model: string, provider: string): GenerationConfig {
  const { maxOutputTokens, temperature, topP, seed, stopSequences = [], output, reasoning } = asked;
  return {
    ...(maxOutputTokens !== undefined && { maxOutputTokens: requireWhole(maxOutputTokens, "maxOutputTokens", [1, int32[1]], provider) }),
    ...(temperature !== undefined && { temperature: requireNumber(temperature, "temperature", [0, 2], provider) }),
    ...(topP !== undefined && { topP: requireNumber(topP, "topP", [0, 1], provider) }),
    ...(seed !== undefined && { seed: requireWhole(seed, "seed", int32, provider) }),
    ...(stopSequences.length > 0 && { stopSequences: requireFew(stopSequences, provider) }),
    ...(output !== undefined && { responseMimeType: "application/json", responseJsonSchema: output.schema }),
    ...(reasoning !== undefined && { thinkingConfig: thinkingConfigOf(reasoning, model) }),
  };
}

/** "Up to 5" (https://ai.google.dev/api/generate-content#generationconfig). */
const mostStopSequences = 5;

function requireFew(sequences: readonly string[], provider: string): string[] {
  if (sequences.length <= mostStopSequences) return [...sequences];
  throw unsupported(provider, `stopSequences has ${sequences.length} entries, and Gemini takes ${mostStopSequences}. Leave some out.`);
}
