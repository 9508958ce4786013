import * as z from "zod/mini";
import type { HttpProviderConfig } from "../../http/http-provider-config.js";
import { baseUrlField, connectionFields, expected, headersField, modelField, strictTable } from "../../http/provider-table.js";
import type { RetryConfig } from "../../resilience/configured-retry.js";
import { baseUrlForm } from "./base-url.js";

export { baseUrlForm, defaultBaseUrl } from "./base-url.js";

/** What a Gemini provider is made from. Only `model` is needed, and a key where the server asks for one. */
export interface GeminiConfig extends HttpProviderConfig, RetryConfig {
  /** The model of requests that name none: an id, or a resource name such as `tunedModels/mine`. */
  readonly model: string;
  /** Where the API lives, with its version and without `/models`. Default {@link defaultBaseUrl}. */
  readonly baseUrl?: string;
}

/** The model of a `gemini` table that names none: the stable Flash model of the models page (https://ai.google.dev/gemini-api/docs/models, November 2026). */
export const defaultModel = "gemini-3.8-flash";

/** A `type = "gemini"` table of the configuration. `model` defaults to {@link defaultModel}, `baseUrl` to Google's own. */
export const geminiProviderSchema = strictTable({
  type: z.exactOptional(z.literal("gemini", expected('"gemini"'))),
  model: z._default(modelField(defaultModel), defaultModel),
  baseUrl: z.exactOptional(baseUrlField(baseUrlForm)),
  ...connectionFields,
  headers: z.exactOptional(headersField("x-goog-api-key")),
});

export type GeminiProviderTable = z.infer<typeof geminiProviderSchema>;
