import type { ChatCapability } from "@chatport/domain";

/** What can be said in the Messages API: no seed. */
export const capabilities: ReadonlySet<ChatCapability> = new Set([
  "tools",
  "structured-output",
  "image-input",
  "file-input",
  "reasoning",
  "sampling",
  "stop-sequences",
  "max-output-tokens",
  "model-listing",
]);
