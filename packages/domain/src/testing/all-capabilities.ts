import type { ChatCapability } from "../chat-provider.js";

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
