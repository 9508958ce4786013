export async function load(baseURL) {
  const { createOpenAIProvider } = await import("@chatport/infrastructure/openai");
  const provider = createOpenAIProvider({ model: "gpt-5-mini", apiKey: "sk-test", baseUrl: `${baseURL}/v1` });
  return async (read) => {
    const messages = [{ role: "user", content: [{ type: "text", text: "hi" }] }];
    for await (const event of provider.stream({ messages })) if (event.type === "text-delta") read(event.text);
  };
}
