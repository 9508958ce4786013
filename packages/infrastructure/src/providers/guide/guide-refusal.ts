import type { ChatRequest, Message } from "@chatport/domain";

/**
 * The first thing in a request that a manual's look-up cannot do, in words for people; undefined when it can do all of it.
 *
 * What is not refused, and why: `toolChoice` "none" and "auto" without tools and `reasoning` "none" ask for nothing; system messages cannot be followed, and
 * the answer says so; earlier answers, tool calls and tool results in text are read past.
 */
export function refusalOf(request: ChatRequest): string | undefined {
  if (request.model !== undefined && request.model !== guideModel) return `the model ${JSON.stringify(request.model)}`;
  if (request.tools !== undefined && request.tools.length > 0) return "tools";
  if (request.toolChoice === "required" || typeof request.toolChoice === "object") return "a required tool call";
  if (request.output !== undefined) return "structured output";
  if (request.maxOutputTokens !== undefined) return "a limit of output tokens";
  if (request.temperature !== undefined || request.topP !== undefined) return "sampling parameters (temperature, topP)";
  if (request.stopSequences !== undefined && request.stopSequences.length > 0) return "stop sequences";
  if (request.seed !== undefined) return "a seed";
  if (request.reasoning !== undefined && request.reasoning !== "none") return "reasoning";
  if (Object.keys(request.providerOptions?.["guide"] ?? {}).length > 0) return "provider options";
  return request.messages.map(mediaIn).find((media) => media !== undefined);
}

/** What the guide answers as, where a model's name is asked for. */
export const guideModel = "guide";

function mediaIn(message: Message): string | undefined {
  if (message.role === "system" || message.role === "assistant") return undefined;
  const parts = message.role === "tool" ? message.content.flatMap((result) => result.content) : message.content;
  if (parts.some((part) => part.type === "image")) return "images";
  return parts.some((part) => part.type === "file") ? "files" : undefined;
}
