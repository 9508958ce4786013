import type { Preset } from "./preset.js";

/** Cerebras. Its client deprecates `max_tokens` (@cerebras/cerebras_cloud_sdk 1.91.0, ChatCompletionCreateParamsBase). */
export const cerebras: Preset = {
  baseUrl: "https://api.cerebras.ai/v1",
  keyVariable: "CEREBRAS_API_KEY",
  model: "gpt-oss-120b",
  documentation: "https://inference-docs.cerebras.ai/resources/openai",
  maxTokensField: "max_completion_tokens",
};

/**
 * DeepSeek. A model that thinks wants its `reasoning_content` back after tool calls, in all later requests, and answers 400 without it
 * (https://api-docs.deepseek.com/guides/thinking_mode). Of response formats it takes `text` and `json_object`; there is no `seed`
 * (https://api-docs.deepseek.com/api/create-chat-completion).
 */
export const deepseek: Preset = {
  baseUrl: "https://api.deepseek.com",
  keyVariable: "DEEPSEEK_API_KEY",
  documentation: "https://api-docs.deepseek.com/guides/thinking_mode",
  maxTokensField: "max_tokens",
  reasoningField: "reasoning_content",
  unsupported: ["json_schema", "seed"],
};

/**
 * Groq. Answers 400 to the fields below (https://console.groq.com/docs/openai, "Currently Unsupported OpenAI Features"); its client deprecates `max_tokens`
 * (groq-sdk 1.6.0, ChatCompletionCreateParamsBase).
 */
export const groq: Preset = {
  baseUrl: "https://api.groq.com/openai/v1",
  keyVariable: "GROQ_API_KEY",
  model: "openai/gpt-oss-20b",
  documentation: "https://console.groq.com/docs/openai",
  maxTokensField: "max_completion_tokens",
  unsupported: ["logprobs", "logit_bias", "top_logprobs"],
};

/**
 * Mistral. Refuses every field that it does not know (422 `extra_forbidden`), `stream_options` among them (github.com/dnakov/anon-kode/issues/53), and reports
 * usage unasked. `unsupported` is what its own client has no field for (@mistralai/mistralai 2.7.0, ChatCompletionStreamRequest). Ids of tool calls are nine
 * letters and digits (github.com/langchain-ai/langchain/pull/24668).
 */
export const mistral: Preset = {
  baseUrl: "https://api.mistral.ai/v1",
  keyVariable: "MISTRAL_API_KEY",
  model: "mistral-small-latest",
  documentation: "https://docs.mistral.ai/api/",
  maxTokensField: "max_tokens",
  seedField: "random_seed",
  streamUsage: false,
  toolCallIds: "nine-alphanumerics",
  unsupported: [
    "audio",
    "function_call",
    "functions",
    "logit_bias",
    "logprobs",
    "modalities",
    "moderation",
    "prompt_cache_options",
    "prompt_cache_retention",
    "safety_identifier",
    "store",
    "top_logprobs",
    "user",
    "verbosity",
    "web_search_options",
  ],
};

/**
 * OpenRouter. Its client deprecates `max_tokens` (@openrouter/sdk 1.3.19, ChatRequest). The `reasoning_details` of an answer go back as they came
 * (https://openrouter.ai/docs/use-cases/reasoning-tokens), as they do everywhere.
 */
export const openrouter: Preset = {
  baseUrl: "https://openrouter.ai/api/v1",
  keyVariable: "OPENROUTER_API_KEY",
  documentation: "https://openrouter.ai/docs/use-cases/reasoning-tokens",
  maxTokensField: "max_completion_tokens",
};

/** Together AI. Its client knows `max_tokens` alone (together-ai 0.52.0, CompletionCreateParamsBase). */
export const together: Preset = {
  baseUrl: "https://api.together.ai/v1",
  keyVariable: "TOGETHER_API_KEY",
  model: "openai/gpt-oss-20b",
  documentation: "https://docs.together.ai/docs/inference/openai-compatibility",
  maxTokensField: "max_tokens",
};

/** xAI, by its Chat Completions, with `max_tokens` (https://docs.x.ai/developers/model-capabilities/text/comparison). */
export const xai: Preset = {
  baseUrl: "https://api.x.ai/v1",
  keyVariable: "XAI_API_KEY",
  documentation: "https://docs.x.ai/developers/model-capabilities/text/comparison",
  maxTokensField: "max_tokens",
};
