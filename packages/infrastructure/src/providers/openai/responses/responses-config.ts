import type { Dialect } from "../dialect.js";
import type { OpenAIConfig } from "../openai-config.js";

/** What a provider over the Responses API is made from. Of a dialect of Chat Completions, the role of system messages alone concerns it. */
export interface OpenAIResponsesConfig extends Omit<OpenAIConfig, Exclude<keyof Dialect, "systemRole">> {
  /**
   * Whether to ask for the model's thoughts, sealed, so that it can go on thinking after a tool call. Default: of every model but those that are known not to
   * think, which refuse to be asked.
   */
  readonly encryptedReasoning?: boolean;
}
