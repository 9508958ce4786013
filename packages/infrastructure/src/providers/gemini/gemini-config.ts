import type { Deadlines, Secret } from "@chatport/domain";
import * as z from "zod/mini";
import type { Limits } from "../../http/limits.js";
import { baseUrlField, connectionFields, expected, headersField, modelField, strictTable } from "../../http/provider-table.js";
import type { RetryOptions } from "../../resilience/with-retry.js";
import { baseUrlForm } from "./base-url.js";

export { baseUrlForm, defaultBaseUrl } from "./base-url.js";

/** What a Gemini provider is made from. Only `model` is needed, and a key where the server asks for one. */
export interface GeminiConfig {
  /** The model of requests that name none: an id, or a resource name such as `tunedModels/mine`. */
  readonly model: string;
  /** The provider's name in events and exceptions. Default `"gemini"`. */
  readonly name?: string;
  /** Sent as `x-goog-api-key`, to the base URL's origin alone; never in a URL. Default: no such header. */
  readonly apiKey?: Secret | string;
  /** Where the API lives, with its version and without `/models`. Default {@link defaultBaseUrl}. */
  readonly baseUrl?: string;
  /** Further headers of every request; they replace the client's own of the same name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Replaces the platform's `fetch`: for proxies and tests. */
  readonly fetch?: typeof globalThis.fetch;
  /** Replaces single deadlines; see `Deadlines` for units and defaults. */
  readonly deadlines?: Partial<Deadlines>;
  /** Replaces single bounds on what is read; see `Limits` for units and defaults. */
  readonly limits?: Partial<Limits>;
  /** How transient failures are retried; `false`: every failure is thrown at once. */
  readonly retry?: RetryOptions | false;
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
