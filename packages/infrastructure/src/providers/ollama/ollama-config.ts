import type { Deadlines, Secret } from "@chatport/domain";
import * as z from "zod/mini";
import type { Limits } from "../../http/limits.js";
import { baseUrlField, connectionFields, countField, expected, modelField, strictTable } from "../../http/provider-table.js";
import type { RetryOptions } from "../../resilience/with-retry.js";
import { baseUrlForm } from "./base-url.js";

export { defaultBaseUrl } from "./base-url.js";

/** What an Ollama provider is made from. Only `model` is needed. */
export interface OllamaConfig {
  /** The model of requests that name none. There is no default: what is there depends on the server (`ollama list`). */
  readonly model: string;
  /** The provider's name in events and exceptions. Default `"ollama"`. */
  readonly name?: string;
  /** Sent as `Authorization: Bearer`, to the base URL's origin alone; Ollama's cloud asks for one. Default: no such header. */
  readonly apiKey?: Secret | string;
  /** Where the server is, with or without `/api`. Default {@link defaultBaseUrl}; Ollama's cloud is `https://ollama.com`. */
  readonly baseUrl?: string;
  /** Further headers of every request; they replace the client's own of the same name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Replaces the platform's `fetch`: for proxies and tests. */
  readonly fetch?: typeof globalThis.fetch;
  /** Replaces single deadlines; see `Deadlines` for units and defaults. `headersMs` is 300,000 here: Ollama sends no headers before a model is loaded. */
  readonly deadlines?: Partial<Deadlines>;
  /** Replaces single bounds on what is read; see `Limits` for units and defaults. */
  readonly limits?: Partial<Limits>;
  /** How long a model stays loaded after an answer: "10m", seconds, 0, or -1 for ever. Default: the server's, 5 minutes. */
  readonly keepAlive?: string | number;
  /** The context's size in tokens. Default: the server's; a conversation that does not fit is cut by the server without a word. */
  readonly numCtx?: number;
  /** How transient failures are retried; `false`: every failure is thrown at once. */
  readonly retry?: RetryOptions | false;
}

/** A `type = "ollama"` table of the configuration. `model` must be named; `baseUrl` defaults to this machine's server. */
export const ollamaProviderSchema = strictTable({
  type: z.exactOptional(z.literal("ollama", expected('"ollama"'))),
  model: modelField("qwen3:8b"),
  baseUrl: z.exactOptional(baseUrlField(baseUrlForm)),
  keepAlive: z.exactOptional(z.union([z.string(), z.number()], expected('a duration such as "10m", or seconds'))),
  numCtx: z.exactOptional(countField("the context's size, a whole number of tokens")),
  ...connectionFields,
});

export type OllamaProviderTable = z.infer<typeof ollamaProviderSchema>;
