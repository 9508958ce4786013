export async function load(baseURL) {
  const { GoogleGenAI } = await import("@google/genai");
  const client = new GoogleGenAI({ apiKey: "test", httpOptions: { baseUrl: baseURL } });
  return async (read) => {
    const stream = await client.models.generateContentStream({ model: "gemini-3.8-flash", contents: "hi" });
    for await (const chunk of stream) read(chunk.text);
  };
}
