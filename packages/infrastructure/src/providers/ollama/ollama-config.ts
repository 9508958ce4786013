import type { Deadlines } from "@chatport/domain";
import * as z from "zod/mini";
import type { HttpProviderConfig } from "../../http/http-provider-config.js";
import { baseUrlField, connectionFields, countField, expected, modelField, strictTable } from "../../http/provider-table.js";
import type { RetryConfig } from "../../resilience/configured-retry.js";
import { baseUrlForm } from "./base-url.js";

export { defaultBaseUrl } from "./base-url.js";

/** What an Ollama provider is made from. Only `model` is needed. */
export interface OllamaConfig extends HttpProviderConfig, RetryConfig {
  /** The model of requests that name none. There is no default: what is there depends on the server (`ollama list`). */
  readonly model: string;
  /** Where the server is, with or without `/api`. Default {@link defaultBaseUrl}; Ollama's cloud is `https://ollama.com`. */
  readonly baseUrl?: string;
  /** Replaces single deadlines; see `Deadlines` for units and defaults. `headersMs` is 300,000 here: Ollama sends no headers before a model is loaded. */
  readonly deadlines?: Partial<Deadlines>;
  /** How long a model stays loaded after an answer: "10m", seconds, 0, or -1 for ever. Default: the server's, 5 minutes. */
  readonly keepAlive?: string | number;
  /** The context's size in tokens. Default: the server's; a conversation that does not fit is cut by the server without a word. */
  readonly numCtx?: number;
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
