export async function load(baseURL) {
  const { createOllamaProvider } = await import("@chatport/infrastructure/ollama");
  const provider = createOllamaProvider({ model: "qwen3:8b", baseUrl: baseURL });
  return async (read) => {
    const messages = [{ role: "user", content: [{ type: "text", text: "hi" }] }];
    for await (const event of provider.stream({ messages })) if (event.type === "text-delta") read(event.text);
  };
}
