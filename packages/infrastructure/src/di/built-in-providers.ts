import { anthropicProviderFactory } from "../providers/anthropic/index.js";
import { geminiProviderFactory } from "../providers/gemini/index.js";
import { guideProviderFactory } from "../providers/guide/index.js";
import { ollamaProviderFactory } from "../providers/ollama/index.js";
import { azureOpenAIProviderFactory, openAICompatibleProviderFactory, openAIProviderFactory } from "../providers/openai/index.js";
import { fallbackProviderFactory, routingProviderFactory, tapeProviderFactory } from "../resilience/index.js";
import { createRegistry, type ProviderRegistry } from "./provider-registry.js";
import { tapeFile } from "./tape-file.js";

/** In the order in which an error lists their types. */
const factories = [
  openAIProviderFactory,
  openAICompatibleProviderFactory,
  azureOpenAIProviderFactory,
  anthropicProviderFactory,
  geminiProviderFactory,
  ollamaProviderFactory,
  guideProviderFactory,
  fallbackProviderFactory,
  routingProviderFactory,
  tapeProviderFactory(tapeFile),
] as const;

/** A registry of the provider types that come with Chatport. */
export function builtInRegistry(): ProviderRegistry {
  return createRegistry(factories);
}
