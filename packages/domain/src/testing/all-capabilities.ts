import type { ChatCapability, ChatRequest } from "../chat-provider.js";

const every: Record<ChatCapability, true> = {
  tools: true,
  "structured-output": true,
  "image-input": true,
  "file-input": true,
  reasoning: true,
  sampling: true,
  "stop-sequences": true,
  seed: true,
  "max-output-tokens": true,
  "model-listing": true,
};

/** Every capability that the port knows. */
export const allCapabilities: readonly ChatCapability[] = Object.keys(every).filter((key): key is ChatCapability => key in every);

/** The first capability that the request needs and the provider lacks. */
export function missingCapability(request: ChatRequest, capabilities: ReadonlySet<ChatCapability>): ChatCapability | undefined {
  return needs(request).find((capability) => !capabilities.has(capability));
}

function needs(request: ChatRequest): readonly ChatCapability[] {
  const parts = new Set(request.messages.flatMap((message) => message.content.map((part) => part.type)));
  const asked: readonly (readonly [ChatCapability, boolean])[] = [
    ["tools", (request.tools?.length ?? 0) > 0 || parts.has("tool-call") || parts.has("tool-result")],
    ["structured-output", request.output !== undefined],
    ["image-input", parts.has("image")],
    ["file-input", parts.has("file")],
    ["reasoning", request.reasoning !== undefined],
    ["sampling", request.temperature !== undefined || request.topP !== undefined],
    ["stop-sequences", request.stopSequences !== undefined],
    ["seed", request.seed !== undefined],
    ["max-output-tokens", request.maxOutputTokens !== undefined],
  ];
  return asked.filter(([, needed]) => needed).map(([capability]) => capability);
}
