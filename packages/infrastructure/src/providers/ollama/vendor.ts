/** The key of `providerOptions` and `providerMetadata` for everything that speaks Ollama's own API. */
export const vendor = "ollama";
