/** The key of `providerOptions` and `providerMetadata` for everything that speaks OpenAI's API. */
export const vendor = "openai";
