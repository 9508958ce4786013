import type { ChatRequest, JsonObject } from "@chatport/domain";
import * as z from "zod/mini";
import { readProviderOptions, withSnakeCaseNames } from "../../../http/provider-options.js";
import { jsonObjectSchema, keepAliveSchema, type RuntimeOptions, runtimeOptionsSchema, thinkSchema } from "../models.js";
import { vendor } from "../vendor.js";

const wire = runtimeOptionsSchema.shape;

/** Runtime options that only Ollama knows (https://docs.ollama.com/modelfile#valid-parameters-and-values): their names in camelCase. */
const runtimeOptions = {
  f16Kv: wire.f16_kv,
  frequencyPenalty: wire.frequency_penalty,
  lowVram: wire.low_vram,
  mainGpu: wire.main_gpu,
  minP: wire.min_p,
  mirostat: wire.mirostat,
  mirostatEta: wire.mirostat_eta,
  mirostatTau: wire.mirostat_tau,
  numBatch: wire.num_batch,
  /** The context's size in tokens. Default: the server's own; a conversation that does not fit is cut by the server without a word. */
  numCtx: wire.num_ctx,
  numGpu: wire.num_gpu,
  numKeep: wire.num_keep,
  numThread: wire.num_thread,
  numa: wire.numa,
  penalizeNewline: wire.penalize_newline,
  presencePenalty: wire.presence_penalty,
  repeatLastN: wire.repeat_last_n,
  repeatPenalty: wire.repeat_penalty,
  tfsZ: wire.tfs_z,
  topK: wire.top_k,
  typicalP: wire.typical_p,
  useMlock: wire.use_mlock,
  useMmap: wire.use_mmap,
};

/** What `providerOptions.ollama` may hold: an unknown name is refused, so that a typing error is not taken for a setting. */
const ollamaOptionsSchema = z.strictObject({
  ...runtimeOptions,
  /** For any JSON; a schema goes in the request's `output`. */
  format: z.optional(z.literal("json")),
  /** How long the model stays loaded after the answer: "10m", seconds, 0, or -1 for ever. Default: the provider's, then the server's (5 minutes). */
  keepAlive: z.optional(keepAliveSchema),
  logprobs: z.optional(z.boolean()),
  topLogprobs: z.optional(z.int().check(z.minimum(0), z.maximum(20))),
  /** Reaches `true`, the thinking of models without levels; replaces `reasoning`. */
  think: z.optional(thinkSchema),
  /** Merged over the request's body last, verbatim: `options` in it replaces all of them. */
  extraBody: z.optional(jsonObjectSchema),
});

/** What `providerOptions.ollama` may hold. */
export type OllamaOptions = z.infer<typeof ollamaOptionsSchema>;

/** The options apart: runtime options by their wire names, and the rest. */
interface ReadOptions extends Pick<OllamaOptions, "format" | "keepAlive" | "logprobs" | "topLogprobs" | "think"> {
  readonly runtime: RuntimeOptions;
  readonly extraBody?: JsonObject | undefined;
}

/**
 * Reads `providerOptions.ollama`; the options of other vendors are not looked at.
 *
 * @throws {RequestException} `unsupported` for a name that is not known, `invalid-request` for a value of the wrong kind.
 */
export function ollamaOptionsOf(options: ChatRequest["providerOptions"], provider: string): ReadOptions {
  const read = readProviderOptions(options, vendor, ollamaOptionsSchema, provider);
  if (read === undefined) return { runtime: {} };
  const { format, keepAlive, logprobs, topLogprobs, think, extraBody, ...rest } = read;
  return { runtime: runtimeOptionsSchema.parse(withSnakeCaseNames(rest)), format, keepAlive, logprobs, topLogprobs, think, extraBody };
}
