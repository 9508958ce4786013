import type { HttpProviderConfig } from "../../http/http-provider-config.js";
import type { RetryConfig } from "../../resilience/configured-retry.js";
import type { Dialect } from "./dialect.js";

export type * from "./dialect.js";
export { baseUrlForm, defaultBaseUrl } from "./base-url.js";
export {
  defaultModel,
  openAICompatibleProviderSchema,
  type OpenAICompatibleProviderTable,
  openAIProviderSchema,
  type OpenAIProviderTable,
} from "./provider-table.js";

/** What an OpenAI provider is made from. Only `model` is needed, and a key where the server asks for one. */
export interface OpenAIConfig extends HttpProviderConfig, RetryConfig, Dialect {
  /** Where the API lives, up to and without `/chat/completions` or `/responses`. Default {@link defaultBaseUrl}. */
  readonly baseUrl?: string;
  /** Sent as `OpenAI-Organization`. */
  readonly organization?: string;
  /** Sent as `OpenAI-Project`. */
  readonly project?: string;
}
