export async function load(baseURL) {
  const { createGeminiProvider } = await import("@chatport/infrastructure/gemini");
  const provider = createGeminiProvider({ model: "gemini-3.8-flash", apiKey: "test", baseUrl: `${baseURL}/v1beta` });
  return async (read) => {
    const messages = [{ role: "user", content: [{ type: "text", text: "hi" }] }];
    for await (const event of provider.stream({ messages })) if (event.type === "text-delta") read(event.text);
  };
}
