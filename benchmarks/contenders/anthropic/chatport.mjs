export async function load(baseURL) {
  const { createAnthropicProvider } = await import("@chatport/infrastructure/anthropic");
  const provider = createAnthropicProvider({ model: "claude-haiku-5-5", apiKey: "sk-test", baseUrl: baseURL });
  return async (read) => {
    const messages = [{ role: "user", content: [{ type: "text", text: "hi" }] }];
    for await (const event of provider.stream({ messages })) if (event.type === "text-delta") read(event.text);
  };
}
