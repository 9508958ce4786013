import type { ChatRequest } from "@chatport/domain";
import * as z from "zod/mini";
import { readProviderOptions } from "../../../http/provider-options.js";
import { unsupported } from "../../../http/request-checks.js";
import { type GenerationConfig, generateContentRequestSchema, generationConfigSchema, jsonObjectSchema } from "../models.js";
import { vendor } from "../vendor.js";

const wire = generateContentRequestSchema.shape;
const generation = generationConfigSchema.shape;

/** Settings of the generation that only Gemini knows. */
const generationOptions = {
  topK: generation.topK,
  candidateCount: generation.candidateCount,
  presencePenalty: generation.presencePenalty,
  frequencyPenalty: generation.frequencyPenalty,
  responseLogprobs: generation.responseLogprobs,
  logprobs: generation.logprobs,
  /** For JSON without a schema, or one word of a list; a JSON Schema goes in the request's `output`. */
  responseMimeType: generation.responseMimeType,
  /** A schema in Google's own form. */
  responseSchema: generation.responseSchema,
  responseModalities: generation.responseModalities,
  mediaResolution: generation.mediaResolution,
  speechConfig: generation.speechConfig,
  imageConfig: generation.imageConfig,
  audioTranscriptionConfig: generation.audioTranscriptionConfig,
  enableEnhancedCivicAnswers: generation.enableEnhancedCivicAnswers,
  /** Replaces what `reasoning` asks. */
  thinkingConfig: generation.thinkingConfig,
};

const requestOptions = {
  safetySettings: wire.safetySettings,
  cachedContent: wire.cachedContent,
  labels: wire.labels,
  serviceTier: wire.serviceTier,
  store: wire.store,
};

/** What `providerOptions.gemini` may hold, by the wire's own names: an unknown name is refused, so that a typing error is not taken for a setting. */
const geminiOptionsSchema = z.strictObject({
  ...generationOptions,
  ...requestOptions,
  /** The server's own tools: `[{googleSearch: {}}]`. */
  tools: wire.tools,
  /** Merged over what `toolChoice` asks. */
  toolConfig: wire.toolConfig,
  /** Merged over the request's body last, verbatim: what it holds of `generationConfig` replaces all of it. */
  extraBody: z.optional(jsonObjectSchema),
});

export type GeminiOptions = z.infer<typeof geminiOptionsSchema>;

/** The options by their places in the body. */
export interface ReadOptions extends Pick<GeminiOptions, "tools" | "toolConfig" | "extraBody"> {
  readonly generationConfig: GenerationConfig;
  readonly request: Pick<GeminiOptions, keyof typeof requestOptions>;
}

/**
 * Reads `providerOptions.gemini`; the options of other vendors are not looked at.
 *
 * @throws {RequestException} `unsupported` for a name that is not known and for `candidateCount` above 1, `invalid-request` for a value of the wrong kind.
 */
export function geminiOptionsOf(options: ChatRequest["providerOptions"], provider: string): ReadOptions {
  const read = readProviderOptions(options, vendor, geminiOptionsSchema, provider);
  if (read === undefined) return { generationConfig: {}, request: {} };
  const { tools, toolConfig, extraBody, safetySettings, cachedContent, labels, serviceTier, store, ...generationConfig } = read;
  if ((generationConfig.candidateCount ?? 1) > 1) {
    throw unsupported(
      provider,
      `providerOptions.gemini.candidateCount is ${generationConfig.candidateCount}, but a stream of the port carries one answer. Ask several times instead.`,
    );
  }
  return {
    generationConfig,
    request: defined({ safetySettings, cachedContent, labels, serviceTier, store }),
    tools,
    toolConfig,
    extraBody,
  };
}

function defined<Fields extends object>(fields: Fields): Partial<Fields> {
  const kept: Partial<Fields> = { ...fields };
  for (const key in kept) if (kept[key] === undefined) delete kept[key];
  return kept;
}
