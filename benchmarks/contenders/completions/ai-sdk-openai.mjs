export async function load(baseURL) {
  const { createOpenAI } = await import("@ai-sdk/openai");
  const model = createOpenAI({ apiKey: "sk-test", baseURL: `${baseURL}/v1` }).chat("gpt-5-mini");
  return async (read) => {
    const { stream } = await model.doStream({ prompt: [{ role: "user", content: [{ type: "text", text: "hi" }] }] });
    for await (const part of stream) if (part.type === "text-delta") read(part.delta);
  };
}
