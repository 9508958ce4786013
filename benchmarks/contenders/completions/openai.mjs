export async function load(baseURL) {
  const { OpenAI } = await import("openai");
  const client = new OpenAI({ apiKey: "sk-test", baseURL: `${baseURL}/v1` });
  return async (read) => {
    const messages = [{ role: "user", content: "hi" }];
    const stream = await client.chat.completions.create({
      model: "gpt-5-mini",
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    for await (const chunk of stream) read(chunk.choices[0]?.delta.content);
  };
}
