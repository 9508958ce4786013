export async function load(baseURL) {
  const { Ollama } = await import("ollama");
  const client = new Ollama({ host: baseURL });
  return async (read) => {
    const messages = [{ role: "user", content: "hi" }];
    for await (const part of await client.chat({ model: "qwen3:8b", messages, stream: true })) read(part.message.content);
  };
}
