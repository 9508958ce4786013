/** Every capability that the port knows: for whoever can do all that providers can. An adapter names its own, so that a new one is not claimed unseen. */
export const chatCapabilities = [
  "tools",
  "structured-output",
  "image-input",
  "file-input",
  "reasoning",
  "sampling",
  "stop-sequences",
  "seed",
  "max-output-tokens",
  "model-listing",
] as const;

/** What an adapter can express. What a given model can do is in `ModelInfo`. */
export type ChatCapability = (typeof chatCapabilities)[number];
