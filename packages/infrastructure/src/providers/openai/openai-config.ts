import type { Deadlines, Secret } from "@chatport/domain";
import type { Limits } from "../../http/limits.js";
import type { RetryOptions } from "../../resilience/with-retry.js";
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
export interface OpenAIConfig extends Dialect {
  /** The model of requests that name none. */
  readonly model: string;
  /** The provider's name in events and exceptions. Default `"openai"`. */
  readonly name?: string;
  /** Sent as `Authorization: Bearer`, to the base URL's origin alone. Default: no such header. */
  readonly apiKey?: Secret | string;
  /** Where the API lives, up to and without `/chat/completions` or `/responses`. Default {@link defaultBaseUrl}. */
  readonly baseUrl?: string;
  /** Sent as `OpenAI-Organization`. */
  readonly organization?: string;
  /** Sent as `OpenAI-Project`. */
  readonly project?: string;
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
