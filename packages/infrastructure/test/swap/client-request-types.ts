import type { MessageCreateParams } from "@anthropic-ai/sdk/resources/messages";
import type { Content, GenerateContentConfig, GenerationConfig, Tool } from "@google/genai";
import type { ChatRequest } from "ollama";
import type { ChatCompletionCreateParams } from "openai/resources/chat/completions";
import type { ResponseCreateParams } from "openai/resources/responses/responses";

/** What the vendors' npm clients take as a request, or send as one, by the path that it goes to. */
export interface ClientRequestTypes {
  readonly "chat/completions": ChatCompletionCreateParams;
  readonly responses: ResponseCreateParams;
  readonly messages: MessageCreateParams;
  readonly generateContent: AsJson<GenerateContentBody>;
  readonly "api/chat": ChatRequest;
}

/**
 * The body that Google's client sends. It has no type of its own: `GenerateContentParameters`, which the client takes, holds beside the contents one `config`, of
 * which `generateContentConfigToMldev` puts some fields beside the contents (`setValueByPath(parentObject, …)`) and the others into `generationConfig`. So the body
 * is made of the client's types of its pieces; where its parameters take several forms, of the one that goes over the wire (`Content` of `ContentListUnion`, say).
 */
interface GenerateContentBody extends Pick<
  GenerateContentConfig,
  "safetySettings" | "toolConfig" | "labels" | "cachedContent" | "serviceTier" | "continuationToken" | "store"
> {
  readonly contents: readonly Content[];
  readonly systemInstruction?: Content;
  readonly tools?: readonly Tool[];
  readonly generationConfig?: GenerationConfig;
}

/** A type as JSON says it: the members of an enum are their texts. */
type AsJson<Value> = Value extends string ? `${Value}` : Value extends object ? { [Key in keyof Value]: AsJson<Value[Key]> } : Value;
