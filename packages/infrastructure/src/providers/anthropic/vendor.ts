/** The key of `providerOptions` and `providerMetadata` for everything that speaks Anthropic's Messages API. */
export const vendor = "anthropic";
