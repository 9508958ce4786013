/** What one setting is called by different programs and types: the clients and environment variables of the vendors, LiteLLM, LangChain, and other tables of ours. */
const names: readonly (readonly string[])[] = [
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

/** Of the settings that there are, the one that goes by another name elsewhere, letter case and underscores aside; undefined when there is none. */
export function otherName(wrong: string, valid: readonly string[]): string | undefined {
  const group = names.find((all) => all.some((name) => plain(name) === plain(wrong)));
  return group && valid.find((name) => group.includes(name));
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, "");
}
