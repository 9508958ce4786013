import type { ChatProvider } from "@chatport/domain";
import { chatCompletionsProvider } from "./chat-completions-provider.js";
import type { OpenAIConfig } from "./openai-config.js";
import type { OpenAIConnection } from "./openai-connection.js";
import type { OpenAIResponsesConfig } from "./responses/responses-config.js";
import { responsesProvider } from "./responses/responses-provider.js";

/** The two APIs of OpenAI's that answer chats. */
export type OpenAIApi = "chat-completions" | "responses";

/** What a provider is made from that speaks one of the two, as a table of the configuration says it. */
export interface EitherApiConfig extends OpenAIConfig, Pick<OpenAIResponsesConfig, "encryptedReasoning"> {
  /** The API to speak. Default `"chat-completions"`, which every compatible server knows. Of the dialect, `systemRole` alone concerns `"responses"`. */
  readonly api?: OpenAIApi;
}

/** The bare adapter of the API that the configuration names. Not for a page or a small script: it brings both along. */
export function eitherApiProvider(config: EitherApiConfig, connection: OpenAIConnection): ChatProvider {
  return config.api === "responses" ? responsesProvider(config, connection) : chatCompletionsProvider(config, connection);
}
