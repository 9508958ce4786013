import { cerebras, deepseek, groq, mistral, openrouter, together, xai } from "./hosted.js";
import { llamacpp, lmstudio, vllm } from "./local.js";
import type { Preset } from "./preset.js";

export type { Preset } from "./preset.js";

/** The servers that an `openai-compatible` table can name as its `preset`. */
export const presets: ReadonlyMap<string, Preset> = new Map(
  Object.entries({ cerebras, deepseek, groq, llamacpp, lmstudio, mistral, openrouter, together, vllm, xai }),
);
