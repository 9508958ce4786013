/** The key of `providerOptions` and `providerMetadata` for everything that speaks the Gemini API. */
export const vendor = "gemini";
