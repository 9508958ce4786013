/** What one setting is called by different programs and types: the clients and environment variables of the vendors, LiteLLM, LangChain, and other tables of ours. */
const settingNames: Names = [
  ["baseUrl", "endpoint", "url", "apiBase", "azureEndpoint", "host", "server", "address"],
  ["apiKey", "key", "secret"],
  ["token", "azureAdToken", "bearerToken"],
  ["model", "deployment", "deploymentName", "azureDeployment", "engine", "modelName", "modelId"],
  ["apiVersion", "version"],
  ["maxOutputTokens", "maxTokens"],
  ["headers", "defaultHeaders", "extraHeaders"],
  ["deadlines", "timeout", "timeouts", "timeoutMs"],
  ["retry", "retries", "maxRetries"],
  ["providers", "models", "members"],
];

/** What a type of ours is called by its vendor, after its models, or by other programs. */
const typeNames: Names = [
  ["openai", "gpt", "chatgpt", "codex"],
  ["openai-compatible", "compatible", "openaiLike", "openaiApi", "custom", "generic", "localai", "litellm"],
  ["azure-openai", "azure", "azureAi", "microsoft", "foundry"],
  ["anthropic", "claude"],
  ["gemini", "google", "googleAi"],
  ["ollama"],
  ["guide", "manual"],
  ["fallback", "failover"],
  ["routing", "router"],
  ["tape", "record", "replay", "cassette", "vcr"],
];

/** The same for the presets. */
const presetNames: Names = [
  ["groq", "groqCloud"],
  ["llamacpp", "llamaServer"],
  ["mistral", "mistralAi"],
  ["together", "togetherAi"],
  ["xai", "grok"],
];

/** Each group begins with the name of ours, or with several of them. */
type Names = readonly (readonly string[])[];

/** Of the settings that there are, the one that goes by another name elsewhere, letter case and underscores aside; undefined when there is none. */
export function otherName(wrong: string, valid: readonly string[]): string | undefined {
  return named(wrong, valid, settingNames);
}

/** The same for the types of providers. */
export function otherType(wrong: string, types: readonly string[]): string | undefined {
  return named(wrong, types, typeNames);
}

/** The same for the names of presets. */
export function otherPreset(wrong: string, presets: readonly string[]): string | undefined {
  return named(wrong, presets, presetNames);
}

function named(wrong: string, valid: readonly string[], names: Names): string | undefined {
  const group = names.find((all) => all.some((name) => plain(name) === plain(wrong)));
  return valid.find((name) => plain(name) === plain(wrong)) ?? (group && valid.find((name) => group.includes(name)));
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[_. -]/g, "");
}
