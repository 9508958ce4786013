import type { ChatCapability } from "@chatport/domain";

/** What can be said in Ollama's own API: no files but images. */
export const capabilities: ReadonlySet<ChatCapability> = new Set([
  "tools",
  "structured-output",
  "image-input",
  "reasoning",
  "sampling",
  "stop-sequences",
  "seed",
  "max-output-tokens",
  "model-listing",
]);
