export async function load(baseURL) {
  const { Anthropic } = await import("@anthropic-ai/sdk");
  const client = new Anthropic({ apiKey: "sk-test", baseURL });
  return async (read) => {
    const messages = [{ role: "user", content: "hi" }];
    const stream = await client.messages.create({ model: "claude-haiku-5-5", max_tokens: 32_000, messages, stream: true });
    for await (const event of stream) if (event.type === "content_block_delta") read(event.delta.text);
  };
}
