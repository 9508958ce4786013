import * as z from "zod/mini";
import { type BaseUrlForm, normalizeBaseUrl as normalizeUrl } from "../../http/base-url.js";
import type { HttpProviderConfig } from "../../http/http-provider-config.js";
import { baseUrlField, connectionFields, countField, expected, headersField, modelField, strictTable } from "../../http/provider-table.js";
import type { RetryConfig } from "../../resilience/configured-retry.js";

/** What an Anthropic provider is made from. Only `model` is needed, and a key where the server asks for one. */
export interface AnthropicConfig extends HttpProviderConfig, RetryConfig {
  /** Where the API lives, with or without `/v1` at its end. Default {@link defaultBaseUrl}. */
  readonly baseUrl?: string;
  /**
   * Further headers of every request; they replace the client's own of the same name. `anthropic-beta` switches beta features on; a page that talks to Anthropic
   * itself needs `anthropic-dangerous-direct-browser-access: true`.
   */
  readonly headers?: Readonly<Record<string, string>>;
  /** The most tokens of an answer, for requests that do not say. Default: all that the model can, see `maxOutputTokensOf`. */
  readonly maxOutputTokens?: number;
  /**
   * What becomes of a system message in mid-conversation. Default `"top"`: it joins the others in the top-level `system`, which every model takes.
   * `"in-place"`: it keeps its place with the role `system`, which Claude Opus 4.8 and some later models take, after a user's turn alone
   * (https://platform.claude.com/docs/en/build-with-claude/mid-conversation-system-messages).
   */
  readonly systemMessages?: SystemMessages;
}

export type SystemMessages = "top" | "in-place";

/** Anthropic's own API. */
export const defaultBaseUrl = "https://api.anthropic.com";

/** The model of an `anthropic` table that names none: the smallest current one (https://platform.claude.com/docs/en/about-claude/models/overview). */
export const defaultModel = "claude-haiku-5-5";

const baseUrlForm: BaseUrlForm = { example: defaultBaseUrl, appendedPath: "/v1/messages" };

/**
 * A base URL in the one form that `/v1/messages` is appended to: without slashes or `/v1` at its end.
 *
 * @throws {TypeError} when it is no http(s) URL, or holds credentials, a query or a fragment.
 */
export function normalizeBaseUrl(value: string): string {
  return normalizeUrl(value, baseUrlForm).replace(/\/v1$/u, "");
}

/** A `type = "anthropic"` table of the configuration. `model` defaults to {@link defaultModel}, `baseUrl` to Anthropic's own. */
export const anthropicProviderSchema = strictTable({
  ...connectionFields,
  type: z.exactOptional(z.literal("anthropic", expected('"anthropic"'))),
  model: z._default(modelField(defaultModel), defaultModel),
  baseUrl: z.exactOptional(baseUrlField(baseUrlForm)),
  headers: z.exactOptional(headersField("x-api-key")),
  maxOutputTokens: z.exactOptional(countField("a whole number of tokens, 1 or more")),
  systemMessages: z.exactOptional(z.enum(["top", "in-place"], expected('"top" or "in-place"'))),
});

export type AnthropicProviderTable = z.infer<typeof anthropicProviderSchema>;
