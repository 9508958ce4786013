export async function load(baseURL) {
  const { OpenAI } = await import("openai");
  const client = new OpenAI({ apiKey: "sk-test", baseURL: `${baseURL}/v1` });
  return async (read) => {
    const stream = await client.responses.create({ model: "gpt-5-mini", input: "hi", stream: true });
    for await (const event of stream) if (event.type === "response.output_text.delta") read(event.delta);
  };
}
