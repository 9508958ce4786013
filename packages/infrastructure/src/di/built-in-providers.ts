import { guideProviderFactory } from "../providers/guide/index.js";
import { openAICompatibleProviderFactory, openAIProviderFactory } from "../providers/openai/index.js";
import { createRegistry, type ProviderRegistry } from "./provider-registry.js";

/** The provider types that come with Chatport: `openai`, `openai-compatible`, `guide`. */
export function builtInRegistry(): ProviderRegistry {
  return createRegistry([openAIProviderFactory, openAICompatibleProviderFactory, guideProviderFactory]);
}
