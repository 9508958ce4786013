export async function load(baseURL) {
  const [{ streamText }, { createOpenAI }] = await Promise.all([import("ai"), import("@ai-sdk/openai")]);
  const model = createOpenAI({ apiKey: "sk-test", baseURL: `${baseURL}/v1` }).chat("gpt-5-mini");
  return async (read) => {
    for await (const part of streamText({ model, prompt: "hi" }).stream) if (part.type === "text-delta") read(part.text);
  };
}
