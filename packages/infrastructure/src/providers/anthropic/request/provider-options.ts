import type { ChatRequest, JsonObject } from "@chatport/domain";
import * as z from "zod/mini";
import { readProviderOptions, withSnakeCaseNames } from "../../../http/provider-options.js";
import { effortSchema, jsonObjectSchema, type RequestParameters, requestParametersSchema, typedObjectSchema } from "../models.js";
import { vendor } from "../vendor.js";

const wire = requestParametersSchema.shape;

/** What `providerOptions.anthropic` may hold. An unknown name is refused, so that a typing error is not taken for a setting. */
const anthropicOptionsSchema = z.strictObject({
  /** Caches the prompt up to its last block that can be cached: `{type: "ephemeral"}`. */
  cacheControl: wire.cache_control,
  /** The id of a container of server-side code execution, to use it again. */
  container: wire.container,
  inferenceGeo: wire.inference_geo,
  metadata: wire.metadata,
  serviceTier: wire.service_tier,
  speed: wire.speed,
  /** Replaces what `reasoning` makes of it. */
  thinking: wire.thinking,
  topK: wire.top_k,
  /** Reaches the efforts that the port does not name (xhigh, max); replaces that of `reasoning`. */
  effort: z.optional(effortSchema),
  /** True: at most one call an answer. */
  disableParallelToolUse: z.optional(z.boolean()),
  /** Tools that Anthropic runs or defines, as the wire takes them: `{type: "web_search_20250305", name: "web_search"}`. */
  serverTools: z.optional(z.array(typedObjectSchema)),
  /** Merged over the request's body last, verbatim: for beta features and what a compatible server knows. */
  extraBody: z.optional(jsonObjectSchema),
});

type AnthropicOptions = z.infer<typeof anthropicOptionsSchema>;

/** The options apart: wire parameters by their wire names, and what steers the mapping. */
export interface ReadOptions extends Pick<AnthropicOptions, "effort" | "disableParallelToolUse" | "serverTools"> {
  readonly parameters: RequestParameters;
  readonly extraBody?: JsonObject | undefined;
}

/**
 * Reads `providerOptions.anthropic`; the options of other vendors are not looked at.
 *
 * @throws {RequestException} `unsupported` for a name that is not known, `invalid-request` for a value of the wrong kind.
 */
export function anthropicOptionsOf(options: ChatRequest["providerOptions"], provider: string): ReadOptions {
  const read = readProviderOptions(options, vendor, anthropicOptionsSchema, provider);
  if (read === undefined) return { parameters: {} };
  const { effort, disableParallelToolUse, serverTools, extraBody, ...rest } = read;
  return { parameters: requestParametersSchema.parse(withSnakeCaseNames(rest)), effort, disableParallelToolUse, serverTools, extraBody };
}
